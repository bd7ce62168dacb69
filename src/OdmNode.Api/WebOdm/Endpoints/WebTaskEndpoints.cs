using Microsoft.AspNetCore.Http;
using OdmNode.Api.Http;
using OdmNode.Api.WebOdm.Door;
using OdmNode.Api.WebOdm.Mapping;
using OdmNode.Api.WebOdm.Wire;
using OdmNode.WebOdm.Nodes;
using OdmNode.WebOdm.Projects;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.Api.WebOdm.Endpoints;

/// <summary>Reading and changing tasks.</summary>
internal static class WebTaskEndpoints
{
    public static IResult List(string project, HttpRequest request, Caller caller, WebOdmLookup lookup, WebTasks tasks, NodeRegistry nodes)
    {
        var found = lookup.Project(caller, project, ProjectRights.View);
        return new JsonAnswer<WebTaskWire[]>(
            [.. WebTaskMapping.Select(tasks.List(found.Id), request.Query).Select(task => WebTaskMapping.ToWire(task, nodes, request))],
            WebOdmJson.Wire.WebTaskWireArray);
    }

    public static IResult Get(string project, string task, HttpRequest request, Caller caller, WebOdmLookup lookup, NodeRegistry nodes) =>
        Answer(lookup.Task(caller, project, task, ProjectRights.View), nodes, request);

    public static Task<IResult> PatchAsync(
        string project, string task, HttpRequest request, Caller caller, WebOdmLookup lookup, WebTaskUpdate update, CancellationToken cancellationToken) =>
        update.RunAsync(lookup.Task(caller, project, task, ProjectRights.Change), request, caller, isWhole: false, cancellationToken);

    public static Task<IResult> PutAsync(
        string project, string task, HttpRequest request, Caller caller, WebOdmLookup lookup, WebTaskUpdate update, CancellationToken cancellationToken) =>
        update.RunAsync(lookup.Task(caller, project, task, ProjectRights.Change), request, caller, isWhole: true, cancellationToken);

    internal static JsonAnswer<WebTaskWire> Answer(WebTask task, NodeRegistry nodes, HttpRequest request, int status = StatusCodes.Status200OK) =>
        new(WebTaskMapping.ToWire(task, nodes, request), WebOdmJson.Wire.WebTaskWire, status);
}
