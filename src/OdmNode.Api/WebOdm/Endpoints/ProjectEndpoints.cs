using Microsoft.AspNetCore.Http;
using OdmNode.Api.Http;
using OdmNode.Api.WebOdm.Binding;
using OdmNode.Api.WebOdm.Door;
using OdmNode.Api.WebOdm.Mapping;
using OdmNode.Api.WebOdm.Wire;
using OdmNode.WebOdm;
using OdmNode.WebOdm.Projects;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.Api.WebOdm.Endpoints;

/// <summary>Projects.</summary>
internal static class ProjectEndpoints
{
    public static IResult List(HttpRequest request, Caller caller, ProjectStore projects, WebTasks tasks, WebOdmSettings settings)
    {
        var selected = ProjectMapping.Select(projects.List(caller.User), request.Query);
        ProjectWire ToWire(Project project) => ProjectMapping.ToWire(project, caller, projects, tasks);
        return settings.AlwaysPaginate || request.Query.ContainsKey("page")
            ? new JsonAnswer<ProjectPageWire>(ProjectMapping.Page(selected, request, ToWire), WebOdmJson.Wire.ProjectPageWire)
            : new JsonAnswer<ProjectWire[]>([.. selected.Select(ToWire)], WebOdmJson.Wire.ProjectWireArray);
    }

    public static async Task<IResult> CreateAsync(
        HttpRequest request, Caller caller, ProjectStore projects, WebTasks tasks, CancellationToken cancellationToken)
    {
        var fields = await ReadAsync(request, needsName: true, cancellationToken).ConfigureAwait(false);
        return Answer(projects.Add(caller.User, fields.Name!, fields.Description ?? string.Empty), caller, projects, tasks, StatusCodes.Status201Created);
    }

    public static IResult Get(string project, Caller caller, WebOdmLookup lookup, ProjectStore projects, WebTasks tasks) =>
        Answer(lookup.Project(caller, project, ProjectRights.View), caller, projects, tasks);

    public static Task<IResult> PatchAsync(
        string project, HttpRequest request, Caller caller, WebOdmLookup lookup, ProjectStore projects, WebTasks tasks, CancellationToken cancellationToken) =>
        UpdateAsync(lookup.Project(caller, project, ProjectRights.View), request, caller, projects, tasks, needsName: false, cancellationToken);

    public static Task<IResult> PutAsync(
        string project, HttpRequest request, Caller caller, WebOdmLookup lookup, ProjectStore projects, WebTasks tasks, CancellationToken cancellationToken) =>
        UpdateAsync(lookup.Project(caller, project, ProjectRights.View), request, caller, projects, tasks, needsName: true, cancellationToken);

    /// <summary>The project goes with everything in it; who does not own it merely leaves it.</summary>
    public static IResult Delete(string project, Caller caller, WebOdmLookup lookup, ProjectStore projects, WebTasks tasks)
    {
        var found = lookup.Project(caller, project, ProjectRights.View);
        if (!ProjectMapping.IsOwned(found, caller))
        {
            projects.Grant(found.Id, caller.User.Id, ProjectRights.None);
            return TypedResults.NoContent();
        }

        projects.Hide(found.Id);
        tasks.RemoveAll(found.Id);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> UpdateAsync(
        Project project, HttpRequest request, Caller caller, ProjectStore projects, WebTasks tasks, bool needsName, CancellationToken cancellationToken)
    {
        if (!projects.Rights(project, caller.User).HasFlag(ProjectRights.Change))
        {
            return WebOdmAnswers.Forbidden();
        }

        var changed = (await ReadAsync(request, needsName, cancellationToken).ConfigureAwait(false)).Apply(project);
        projects.Save(changed);
        return Answer(changed, caller, projects, tasks);
    }

    private static async Task<ProjectFields> ReadAsync(HttpRequest request, bool needsName, CancellationToken cancellationToken)
    {
        var reader = new FieldReader(await BodyFields.ReadAsync(request, ProjectFields.Names, cancellationToken).ConfigureAwait(false));
        var fields = ProjectFields.Read(reader, needsName);
        reader.ThrowIfInvalid();
        return fields;
    }

    private static JsonAnswer<ProjectWire> Answer(
        Project project, Caller caller, ProjectStore projects, WebTasks tasks, int status = StatusCodes.Status200OK) =>
        new(ProjectMapping.ToWire(project, caller, projects, tasks), WebOdmJson.Wire.ProjectWire, status);
}
