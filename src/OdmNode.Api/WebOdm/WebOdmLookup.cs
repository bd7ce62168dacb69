using System.Globalization;
using Microsoft.AspNetCore.Http;
using OdmNode.Api.WebOdm.Door;
using OdmNode.WebOdm.Projects;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.Api.WebOdm;

/// <summary>Finds what an address names, as far as the caller may; everything else is absent.</summary>
internal sealed class WebOdmLookup(ProjectStore projects, WebTasks tasks)
{
    /// <summary>The project in which the caller has a right.</summary>
    /// <exception cref="WebOdmRefusalException">404; 403 for who has no credentials.</exception>
    public Project Project(Caller caller, string project, ProjectRights right) =>
        (Number(project) is { } id ? projects.Find(id, caller.User, right) : null) ?? throw Absent(caller);

    /// <summary>The task, under its own project only, when the caller has a right there; a public one can be seen by everybody.</summary>
    /// <exception cref="WebOdmRefusalException">404; 403 for who has no credentials.</exception>
    public WebTask Task(Caller caller, string project, string task, ProjectRights right)
    {
        var found = Number(project) is { } home && Number(task) is { } id ? tasks.Find(home, id) : null;
        if (right == ProjectRights.View && found is { IsPublic: true })
        {
            return found;
        }

        Project(caller, project, right);
        return found ?? throw Absent(caller);
    }

    /// <summary>
    /// Removes a task that has just come into a project if that was deleted meanwhile: its tasks may have been looked for before this one was there.
    /// </summary>
    /// <exception cref="WebOdmRefusalException">404: it was.</exception>
    public void ThrowIfProjectIsGone(WebTask task)
    {
        if (!projects.Exists(task.Project))
        {
            tasks.Request(task.Id, PendingAction.Remove, hide: true);
            throw WebOdmRefusalException.NotFound();
        }
    }

    /// <summary>A number as it stands in addresses; null for every other text.</summary>
    public static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static WebOdmRefusalException Absent(Caller caller) => caller == Caller.Nobody
        ? WebOdmRefusalException.Detail(StatusCodes.Status403Forbidden, WebOdmTexts.NoCredentials)
        : WebOdmRefusalException.NotFound();
}
