using Microsoft.AspNetCore.Http;
using OdmNode.Api.WebOdm.Door;
using OdmNode.WebOdm.Projects;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.Api.WebOdm.Endpoints;

/// <summary>Cancel, restart, remove: taken note of at once, done by the scheduler.</summary>
internal static class WebTaskActionEndpoints
{
    public static IResult Cancel(string project, string task, Caller caller, WebOdmLookup lookup, WebTasks tasks) =>
        Request(lookup.Task(caller, project, task, ProjectRights.Change), tasks, PendingAction.Cancel);

    public static IResult Restart(string project, string task, Caller caller, WebOdmLookup lookup, WebTasks tasks) =>
        Request(lookup.Task(caller, project, task, ProjectRights.Change), tasks, PendingAction.Restart);

    public static IResult Remove(string project, string task, Caller caller, WebOdmLookup lookup, WebTasks tasks) =>
        Request(lookup.Task(caller, project, task, ProjectRights.Delete), tasks, PendingAction.Remove);

    /// <summary>As <see cref="Remove"/>, but gone from the client's sight at once.</summary>
    public static IResult Delete(string project, string task, Caller caller, WebOdmLookup lookup, WebTasks tasks)
    {
        tasks.Request(lookup.Task(caller, project, task, ProjectRights.Delete).Id, PendingAction.Remove, hide: true);
        return TypedResults.NoContent();
    }

    private static IResult Request(WebTask task, WebTasks tasks, PendingAction action) =>
        tasks.Request(task.Id, action) ? WebOdmAnswers.Success() : WebOdmAnswers.NotFound();
}
