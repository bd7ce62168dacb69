using Microsoft.AspNetCore.Http;
using OdmNode.Api.WebOdm.Binding;
using OdmNode.Api.WebOdm.Door;
using OdmNode.Tasks.Storage;
using OdmNode.WebOdm.Files;
using OdmNode.WebOdm.Nodes;
using OdmNode.WebOdm.Projects;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.Api.WebOdm.Endpoints;

/// <summary>Creation of tasks, in one request or in steps.</summary>
internal static class WebTaskCreationEndpoints
{
    private const int MinImages = 2;

    public static async Task<IResult> CreateAsync(
        string project,
        HttpRequest request,
        Caller caller,
        WebOdmLookup lookup,
        WebTasks tasks,
        NodeRegistry nodes,
        ImageIntake intake,
        DiskGuard disk,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var found = lookup.Project(caller, project, ProjectRights.Change);
        RefuseWithoutRoom(disk);
        var id = tasks.Reserve();
        WebTask? task = null;
        try
        {
            var body = await BodyFields.ReadAsync(
                request, TaskFields.Names, (_, name, content) => ReceiveAsync(intake, id, name, content, cancellationToken), cancellationToken).ConfigureAwait(false);
            var reader = new FieldReader(body);
            var isPartial = reader.Boolean("partial") ?? false;
            var images = tasks.CountImages(id);
            if (!isPartial && images < MinImages)
            {
                throw WebOdmRefusalException.List(WebOdmTexts.TooFewImages);
            }

            var fields = TaskFields.Read(reader, nodes);
            reader.ThrowIfInvalid();

            // The right may have gone while the files came.
            lookup.Project(caller, project, ProjectRights.Change);
            task = tasks.Add(fields.Apply(new WebTask
            {
                Id = id,
                Project = found.Id,
                CreatedAt = time.GetUtcNow(),
                Stage = isPartial ? WebTaskStage.Draft : WebTaskStage.Waiting,
                ImagesCount = images,
            }));
            lookup.ThrowIfProjectIsGone(task);
            return WebTaskEndpoints.Answer(task, nodes, request, StatusCodes.Status201Created);
        }
        finally
        {
            if (task is null)
            {
                tasks.Folders.Discard(id);
            }
        }
    }

    /// <summary>All files of a task created in steps are there.</summary>
    public static IResult Commit(string project, string task, HttpRequest request, Caller caller, WebOdmLookup lookup, WebTasks tasks, NodeRegistry nodes)
    {
        var found = lookup.Task(caller, project, task, ProjectRights.Change);
        if (tasks.Folders.ListImages(found.Id).Count == 0)
        {
            throw WebOdmRefusalException.List(WebOdmTexts.NothingToCommit);
        }

        var committed = tasks.Update(found.Id, current => current is { Stage: WebTaskStage.Draft, PendingAction: null }
            ? current.After(WebTaskEvent.Committed) with { ImagesCount = tasks.CountImages(current.Id) }
            : null);
        return committed is null ? WebOdmAnswers.NotFound() : WebTaskEndpoints.Answer(committed, nodes, request);
    }

    /// <summary>New files are refused while the disk is nearly full.</summary>
    internal static void RefuseWithoutRoom(DiskGuard disk)
    {
        if (disk.Refusal is { } refusal)
        {
            throw WebOdmRefusalException.Detail(StatusCodes.Status400BadRequest, refusal);
        }
    }

    private static async Task ReceiveAsync(ImageIntake intake, long id, string name, Stream content, CancellationToken cancellationToken)
    {
        try
        {
            await intake.ReceiveAsync(id, name, content, cancellationToken).ConfigureAwait(false);
        }
        catch (FormatException exception)
        {
            throw WebOdmRefusalException.Field("images", exception.Message);
        }
    }
}
