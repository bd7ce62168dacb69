using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using OdmNode.Api.WebOdm.Door;
using OdmNode.Api.WebOdm.Mapping;
using OdmNode.WebOdm.Files;
using OdmNode.WebOdm.Projects;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.Api.WebOdm.Endpoints;

/// <summary>Results: by name, and file by file.</summary>
internal static class WebDownloadEndpoints
{
    public static async Task<IResult> DownloadAsync(
        string project,
        string task,
        string asset,
        HttpContext context,
        Caller caller,
        WebOdmLookup lookup,
        WebTasks tasks,
        FolderArchives archives,
        CancellationToken cancellationToken)
    {
        // Results may be replaced by those of another run between two steps; then the new ones are sent.
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            var found = lookup.Task(caller, project, task, ProjectRights.View);
            if (WebAssets.Find(asset) is not { } known || !found.AvailableAssets.Contains(asset) || tasks.Folders.Results(found) is not { } results)
            {
                break;
            }

            var file = new FileInfo(await archives.FileOfAsync(results, known, cancellationToken).ConfigureAwait(false));
            if (file.Exists)
            {
                var query = context.Request.Query;
                var name = AssetFileName.Clean(query["filename"].ToString()) ?? AssetFileName.Of(found.Name, asset);
                return Send(context.Response, file, asset, query["inline"] == "1" ? "inline" : "attachment", name);
            }
        }

        return WebOdmAnswers.NoAsset();
    }

    public static IResult Raw(string project, string task, string? path, HttpContext context, Caller caller, WebOdmLookup lookup, WebTasks tasks)
    {
        var found = lookup.Task(caller, project, task, ProjectRights.View);
        return tasks.Folders.Assets(found) is { } folder && RawAssets.Find(folder, path ?? string.Empty) is { } file
            ? Send(context.Response, new FileInfo(file), file, "inline", Path.GetFileName(file))
            : WebOdmAnswers.NoAsset();
    }

    private static PhysicalFileHttpResult Send(HttpResponse response, FileInfo file, string typeName, string disposition, string name)
    {
        response.Headers.ContentDisposition = Disposition(disposition, name);
        response.Headers.XContentTypeOptions = "nosniff";

        // A restart of the task replaces the file under its address, and a token in that address is nobody else's.
        response.Headers.CacheControl = "private, no-cache";
        var tag = new EntityTagHeaderValue($"\"{file.Length:x}-{file.LastWriteTimeUtc.Ticks:x}\"");
        return TypedResults.PhysicalFile(
            file.FullName, ContentTypes.Of(typeName), fileDownloadName: null, file.LastWriteTimeUtc, tag, enableRangeProcessing: true);
    }

    /// <summary>Headers are ASCII: another name is sent escaped beside a plain one (RFC 6266).</summary>
    private static string Disposition(string disposition, string name) => name.All(char.IsAscii)
        ? $"{disposition}; filename={name}"
        : $"{disposition}; filename={new string([.. name.Select(letter => char.IsAscii(letter) ? letter : '_')])}; filename*=UTF-8''{Uri.EscapeDataString(name)}";
}
