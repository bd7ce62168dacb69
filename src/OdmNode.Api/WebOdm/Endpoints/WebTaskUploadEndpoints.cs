using Microsoft.AspNetCore.Http;
using OdmNode.Api.Http;
using OdmNode.Api.WebOdm.Binding;
using OdmNode.Api.WebOdm.Door;
using OdmNode.Api.WebOdm.Wire;
using OdmNode.Tasks.Storage;
using OdmNode.WebOdm.Files;
using OdmNode.WebOdm.Nodes;
using OdmNode.WebOdm.Projects;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.Api.WebOdm.Endpoints;

/// <summary>Files for a task that exists already.</summary>
internal static class WebTaskUploadEndpoints
{
    private static readonly HashSet<string> Names = [.. TaskFields.Names, .. PieceFields.Names];

    public static async Task<IResult> UploadAsync(
        string project,
        string task,
        HttpRequest request,
        Caller caller,
        WebOdmLookup lookup,
        WebTasks tasks,
        NodeRegistry nodes,
        ImageIntake intake,
        DiskGuard disk,
        CancellationToken cancellationToken)
    {
        var found = lookup.Task(caller, project, task, ProjectRights.Change);
        RefuseBusy(found);
        WebTaskCreationEndpoints.RefuseWithoutRoom(disk);
        using var receiving = tasks.Receive(found.Id);
        var parts = new List<(string Name, string Path)>();
        try
        {
            var body = await BodyFields.ReadAsync(request, Names, WriteAsync, cancellationToken).ConfigureAwait(false);
            var reader = new FieldReader(body);
            var piece = PieceFields.Read(reader);
            var fields = TaskFields.Read(reader, nodes);
            reader.ThrowIfInvalid();
            if (parts.Count == 0)
            {
                throw WebOdmRefusalException.List(WebOdmTexts.NoFiles);
            }

            // It may have been sent to its node since; from here on the scheduler sees that files are being received.
            RefuseBusy(lookup.Task(caller, project, task, ProjectRights.Change));
            RefuseBusy(tasks.Update(found.Id, current => IsBusy(current) ? null : fields.Apply(current)));
            var stored = Store(found.Id, parts, piece, intake);
            if (stored.Count > 0)
            {
                tasks.Received(found.Id);
            }

            return new JsonAnswer<UploadedWire>(new UploadedWire(true, stored), WebOdmJson.Wire.UploadedWire);
        }
        catch (FormatException exception)
        {
            throw WebOdmRefusalException.Field("images", exception.Message);
        }
        catch (Exception exception) when (exception is DirectoryNotFoundException or FileNotFoundException)
        {
            // The folder goes with its task, which then is not found here.
            lookup.Task(caller, project, task, ProjectRights.Change);
            throw;
        }
        finally
        {
            parts.Where(part => File.Exists(part.Path)).ToList().ForEach(part => File.Delete(part.Path));
        }

        async Task WriteAsync(string field, string name, Stream content)
        {
            if (name.Length > 0)
            {
                parts.Add((name, await intake.WritePartAsync(found.Id, content, cancellationToken).ConfigureAwait(false)));
            }
        }
    }

    private static Dictionary<string, long> Store(long id, List<(string Name, string Path)> parts, FilePiece? piece, ImageIntake intake)
    {
        if (piece is not null && parts.Count > 1)
        {
            throw WebOdmRefusalException.List(WebOdmTexts.OnePieceOnly);
        }

        return parts.Select(part => piece is null ? intake.Keep(id, part.Path, part.Name) : intake.ReceivePiece(id, part.Path, part.Name, piece))
            .OfType<StoredFile>()
            .DistinctBy(file => file.Name)
            .ToDictionary(file => file.Name, file => file.Size, StringComparer.Ordinal);
    }

    private static void RefuseBusy(WebTask? task)
    {
        if (task is null)
        {
            throw WebOdmRefusalException.NotFound();
        }

        if (IsBusy(task))
        {
            throw WebOdmRefusalException.List(WebOdmTexts.Busy);
        }
    }

    private static bool IsBusy(WebTask task) => task.PendingAction == PendingAction.Resize || task.Stage is not (WebTaskStage.Draft or WebTaskStage.Waiting) && !task.Stage.HasEnded();
}
