using Microsoft.AspNetCore.Http;
using OdmNode.Api.Http;
using OdmNode.Api.NodeOdm.Mapping;
using OdmNode.Core.Identity;
using OdmNode.Tasks.Queue;
using OdmNode.Tasks.Uploads;

namespace OdmNode.Api.NodeOdm.Endpoints;

/// <summary>Creation of tasks, in one request or as init, upload and commit.</summary>
internal static class CreationEndpoints
{
    private const string FileField = "images";

    public static async Task<IResult> InitAsync(HttpRequest request, NodeTasks tasks, UploadStore uploads, CancellationToken cancellationToken)
    {
        var id = ChooseId(request, tasks);
        var form = await MultipartForm.ReadAsync(request, RefuseFileAsync, cancellationToken).ConfigureAwait(false);
        var fields = UploadFields.From(form);
        _ = TaskRequestMapping.ToTask(id, fields, tasks.Settings.Options);
        uploads.Begin(id, fields);
        return Answers.Uuid(id.Value);
    }

    public static async Task<IResult> UploadAsync(string uuid, HttpRequest request, UploadStore uploads, CancellationToken cancellationToken)
    {
        if (!TaskId.TryParse(uuid, out var id) || uploads.Find(id) is not { } upload)
        {
            return Answers.Error(NodeOdmTexts.InvalidUuid);
        }

        var count = await ReceiveAsync(request, upload, fields: null, cancellationToken).ConfigureAwait(false);
        return count > 0 ? Answers.Success() : Answers.Error(NodeOdmTexts.NeedFile, noRetry: true);
    }

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

    public static async Task<IResult> NewAsync(HttpRequest request, NodeTasks tasks, UploadStore uploads, CancellationToken cancellationToken)
    {
        var id = ChooseId(request, tasks);
        var upload = uploads.Begin(id, new UploadFields());
        try
        {
            var form = new Dictionary<string, string>(StringComparer.Ordinal);
            var count = await ReceiveAsync(request, upload, form, cancellationToken).ConfigureAwait(false);
            var fields = UploadFields.From(form);
            if (!string.IsNullOrEmpty(fields.ZipUrl))
            {
                return Answers.Error(NodeOdmTexts.ZipUrlUnsupported);
            }

            if (count == 0)
            {
                return Answers.Error(NodeOdmTexts.NeedFileOrUrl);
            }

            if (tasks.Settings.MaxImages is { } limit && count > limit)
            {
                return Answers.Error(NodeOdmTexts.TooManyImages(count, limit));
            }

            return Accept(id, fields, tasks);
        }
        finally
        {
            // After success the task owns the files and this finds nothing.
            if (uploads.Find(id) is not null)
            {
                uploads.Discard(id);
            }
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

    /// <returns>The number of files stored.</returns>
    private static async Task<int> ReceiveAsync(
        HttpRequest request, Upload upload, Dictionary<string, string>? fields, CancellationToken cancellationToken)
    {
        var count = 0;
        var form = await MultipartForm.ReadAsync(request, ReceiveFileAsync, cancellationToken).ConfigureAwait(false);
        foreach (var (name, value) in form)
        {
            fields?.TryAdd(name, value);
        }

        return count;

        async Task ReceiveFileAsync(string field, string fileName, Stream content)
        {
            if (field != FileField)
            {
                throw new RequestRefusedException(NodeOdmTexts.UnexpectedField);
            }

            try
            {
                count += await upload.ReceiveAsync(fileName, content, cancellationToken).ConfigureAwait(false) is null ? 0 : 1;
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
