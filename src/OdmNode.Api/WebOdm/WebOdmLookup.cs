using System.Globalization;
using OdmNode.Api.WebOdm.Door;
using OdmNode.WebOdm.Projects;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.Api.WebOdm;

/// <summary>Finds what an address names, as far as the caller may; everything else is absent.</summary>
internal sealed class WebOdmLookup(ProjectStore projects, WebTasks tasks)
{
    /// <summary>The project in which the caller has a right.</summary>
    /// <exception cref="WebOdmRefusalException">404.</exception>
    public Project Project(Caller caller, string project, ProjectRights right) =>
        (Number(project) is { } id ? projects.Find(id, caller.User, right) : null) ?? throw WebOdmRefusalException.NotFound();

    /// <summary>The task, under its own project only, when the caller has a right there.</summary>
    /// <exception cref="WebOdmRefusalException">404.</exception>
    public WebTask Task(Caller caller, string project, string task, ProjectRights right)
    {
        var found = Project(caller, project, right);
        return (Number(task) is { } id ? tasks.Find(found.Id, id) : null) ?? throw WebOdmRefusalException.NotFound();
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
}
