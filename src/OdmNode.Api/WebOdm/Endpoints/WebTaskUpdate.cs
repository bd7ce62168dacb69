using Microsoft.AspNetCore.Http;
using OdmNode.Api.WebOdm.Binding;
using OdmNode.Api.WebOdm.Door;
using OdmNode.WebOdm.Nodes;
using OdmNode.WebOdm.Projects;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.Api.WebOdm.Endpoints;

/// <summary>PATCH and PUT of a task.</summary>
internal sealed class WebTaskUpdate(WebTasks tasks, ProjectStore projects, NodeRegistry nodes, WebOdmLookup lookup)
{
    /// <param name="task">The task as it was found.</param>
    /// <param name="request">With the fields to change; files in it are passed over.</param>
    /// <param name="caller">Must be allowed to change the project that the task is moved to.</param>
    /// <param name="isWhole">True when project and node must be named.</param>
    /// <param name="cancellationToken">Cancelled when the client has gone.</param>
    public async Task<IResult> RunAsync(WebTask task, HttpRequest request, Caller caller, bool isWhole, CancellationToken cancellationToken)
    {
        var reader = new FieldReader(await BodyFields.ReadAsync(request, TaskFields.Names, cancellationToken).ConfigureAwait(false));
        var project = reader.Key("project", _ => true, isWhole);
        var fields = TaskFields.Read(reader, nodes, needsNode: isWhole);
        reader.ThrowIfInvalid();
        if (project is { } target && target != task.Project && projects.Find(target, caller.User, ProjectRights.Change) is null)
        {
            return WebOdmAnswers.Forbidden();
        }

        var changed = tasks.Update(task.Id, current => fields.Apply(current) with { Project = project ?? current.Project });
        if (changed is null)
        {
            return WebOdmAnswers.NotFound();
        }

        lookup.ThrowIfProjectIsGone(changed);
        return WebTaskEndpoints.Answer(changed, nodes, request);
    }
}
