using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using OdmNode.Api.Http;
using OdmNode.Api.NodeOdm.Mapping;
using OdmNode.Api.NodeOdm.Wire;
using OdmNode.Core.Identity;
using OdmNode.Tasks.Monitoring;
using OdmNode.Tasks.Queue;
using OdmNode.Tasks.Uploads;

namespace OdmNode.Api.NodeOdm.Endpoints;

/// <summary>Creation of tasks, in one request or as init, upload and commit.</summary>
internal static class CreationEndpoints
{
    private const string FileField = "images";

    public static async Task<IResult> InitAsync(HttpRequest request, NodeTasks tasks, UploadStore uploads, CancellationToken cancellationToken)
    {
        RefuseWithoutRoom(tasks);
        var id = ChooseId(request, tasks);
        var form = await MultipartForm.ReadAsync(request, UploadFields.Names, RefuseFileAsync, cancellationToken).ConfigureAwait(false);
        var fields = UploadFields.From(form);
        _ = TaskRequestMapping.ToTask(id, fields, tasks.Settings.Options);
        uploads.Begin(id, fields);
        return Answers.Uuid(id.Value);
    }

    public static async Task<IResult> UploadAsync(
        string uuid, HttpContext context, NodeTasks tasks, UploadStore uploads, NodeMetrics metrics, CancellationToken cancellationToken)
    {
        if (tasks.Settings.Test is { DropUploads: true } && RandomNumberGenerator.GetInt32(2) == 0)
        {
            return Results.Text("Internal Server Error", "text/plain", statusCode: StatusCodes.Status500InternalServerError);
        }

        if (!TaskId.TryParse(uuid, out var id) || uploads.Find(id) is not { } upload)
        {
            return Answers.Error(NodeOdmTexts.InvalidUuid);
        }

        RefuseWithoutRoom(tasks);
        var files = await ReceiveAsync(context.Request, upload, metrics, fields: null, cancellationToken).ConfigureAwait(false);
        if (files.Count == 0)
        {
            return Answers.Error(NodeOdmTexts.NeedFile, noRetry: true);
        }

        context.Response.OnCompleted(() =>
        {
            if (!context.RequestAborted.IsCancellationRequested)
            {
                upload.Answered(files);
            }

            return Task.CompletedTask;
        });
        return Answers.Success();
    }

    /// <summary>What an open upload holds, so that a client whose session broke sends only the rest.</summary>
    public static IResult ListFiles(string uuid, UploadStore uploads, CancellationToken cancellationToken) =>
        TaskId.TryParse(uuid, out var id) && uploads.Find(id) is { } upload
            ? new JsonAnswer<UploadListWire>(WireMapping.ToWire(uuid, upload.List(cancellationToken)), NodeOdmJson.Wire.UploadListWire)
            : Answers.Error(NodeOdmTexts.InvalidUuid);

    public static IResult Commit(string uuid, NodeTasks tasks, UploadStore uploads)
    {
        if (!TaskId.TryParse(uuid, out var id) || uploads.Find(id) is not { } upload)
        {
            return Answers.Error(NodeOdmTexts.InvalidUuid);
        }

        if (upload.FileCount == 0)
        {
            uploads.Discard(id);
            return Answers.Error(NodeOdmTexts.NeedFile);
        }

        return Accept(id, upload.Fields, tasks);
    }

    public static async Task<IResult> NewAsync(
        HttpRequest request, NodeTasks tasks, UploadStore uploads, NodeMetrics metrics, CancellationToken cancellationToken)
    {
        RefuseWithoutRoom(tasks);
        var id = ChooseId(request, tasks);

        // An upload that was open before stays open whatever becomes of this request.
        var open = uploads.Find(id);
        var upload = open ?? uploads.Begin(id, new UploadFields());
        try
        {
            var form = new Dictionary<string, string>(StringComparer.Ordinal);
            var files = await ReceiveAsync(request, upload, metrics, form, cancellationToken).ConfigureAwait(false);
            var fields = UploadFields.From(form);
            if (files.Count == 0 && string.IsNullOrEmpty(fields.ZipUrl))
            {
                return Answers.Error(NodeOdmTexts.NeedFileOrUrl);
            }

            if (tasks.Settings.MaxImages is { } limit && files.Count > limit)
            {
                return Answers.Error(NodeOdmTexts.TooManyImages(files.Count, limit));
            }

            return Accept(id, fields, tasks);
        }
        finally
        {
            // After success the task owns the files and this finds nothing.
            if (open is null && uploads.Find(id) is not null)
            {
                uploads.Discard(id);
            }
        }
    }

    /// <summary>New work is refused while the disk is nearly full or the daemon ends; what runs goes on.</summary>
    private static void RefuseWithoutRoom(NodeTasks tasks)
    {
        if ((tasks.IsStopping ? NodeOdmTexts.Stopping : tasks.Disk.Refusal) is { } refusal)
        {
            throw new RequestRefusedException(refusal);
        }
    }

    private static IResult Accept(TaskId id, UploadFields fields, NodeTasks tasks) =>
        tasks.Accept(TaskRequestMapping.ToTask(id, fields, tasks.Settings.Options)) is { } task
            ? Answers.Uuid(task.Record.Id.Value)
            : Answers.Error(NodeOdmTexts.InvalidUuid);

    private static TaskId ChooseId(HttpRequest request, NodeTasks tasks)
    {
        var wanted = request.Headers["set-uuid"].ToString();
        if (wanted.Length == 0)
        {
            return TaskId.New();
        }

        return TaskId.TryParse(wanted, out var id) && tasks.Find(wanted) is null
            ? id
            : throw new RequestRefusedException(NodeOdmTexts.InvalidSetUuid(wanted));
    }

    /// <returns>The files stored.</returns>
    private static async Task<IReadOnlyList<UploadedFile>> ReceiveAsync(
        HttpRequest request, Upload upload, NodeMetrics metrics, Dictionary<string, string>? fields, CancellationToken cancellationToken)
    {
        var files = new List<UploadedFile>();
        var form = await MultipartForm.ReadAsync(request, UploadFields.Names, ReceiveFileAsync, cancellationToken).ConfigureAwait(false);
        foreach (var (name, value) in form)
        {
            fields?.TryAdd(name, value);
        }

        return files;

        async Task ReceiveFileAsync(string field, string fileName, Stream content)
        {
            if (field != FileField)
            {
                throw new RequestRefusedException(NodeOdmTexts.UnexpectedField);
            }

            try
            {
                if (await upload.ReceiveAsync(fileName, content, files, cancellationToken).ConfigureAwait(false) is { } file)
                {
                    files.Add(file);
                    metrics.FileReceived(file.Size);
                }
            }
            catch (FormatException exception)
            {
                throw new RequestRefusedException(exception.Message, noRetry: true);
            }
            catch (InvalidOperationException)
            {
                throw new RequestRefusedException(NodeOdmTexts.InvalidUuid);
            }
        }
    }

    private static Task RefuseFileAsync(string field, string fileName, Stream content) =>
        throw new RequestRefusedException(NodeOdmTexts.UnexpectedField);
}
