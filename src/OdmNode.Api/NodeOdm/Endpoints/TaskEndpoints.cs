using Microsoft.AspNetCore.Http;
using OdmNode.Api.Http;
using OdmNode.Api.NodeOdm.Mapping;
using OdmNode.Api.NodeOdm.Wire;
using OdmNode.Tasks.Monitoring;
using OdmNode.Tasks.Queue;

namespace OdmNode.Api.NodeOdm.Endpoints;

/// <summary>Reading tasks: list, information, console, results.</summary>
internal static class TaskEndpoints
{
    /// <summary>The ids of all tasks; with <c>details</c> what <see cref="Info"/> says of each.</summary>
    public static IResult List(HttpRequest request, NodeTasks tasks) => string.IsNullOrEmpty(request.Query["details"])
        ? new JsonAnswer<UuidWire[]>([.. tasks.List().Select(task => new UuidWire(task.Record.Id.Value))], NodeOdmJson.Wire.UuidWireArray)
        : new JsonAnswer<TaskInfoWire[]>([.. tasks.List().Select(task => WireMapping.ToWire(task))], NodeOdmJson.Wire.TaskInfoWireArray);

    public static IResult Info(string uuid, HttpRequest request, NodeTasks tasks)
    {
        if (tasks.Find(uuid) is not { } task)
        {
            return Answers.Error(NodeOdmTexts.NotFound(uuid));
        }

        // The state first: whoever reads of an end has all lines up to it.
        var info = WireMapping.ToWire(task);
        return new JsonAnswer<TaskInfoWire>(
            request.Query.ContainsKey("with_output")
                ? info with { Output = task.ReadConsole(QueryNumbers.LeadingInteger(request.Query, "with_output")) }
                : info,
            NodeOdmJson.Wire.TaskInfoWire);
    }

    public static IResult Output(string uuid, HttpRequest request, NodeTasks tasks) => tasks.Find(uuid) is { } task
        ? Answers.Lines(task.ReadConsole(QueryNumbers.LeadingInteger(request.Query, "line")))
        : Answers.Error(NodeOdmTexts.NotFound(uuid));

    public static IResult Progress(string uuid, NodeTasks tasks) => tasks.Find(uuid) is { } task
        ? new JsonAnswer<ProgressWire>(WireMapping.ToWire(task, tasks.Outlook(task)), NodeOdmJson.Wire.ProgressWire)
        : Answers.Error(NodeOdmTexts.NotFound(uuid));

    public static IResult Download(string uuid, string asset, HttpResponse response, NodeTasks tasks, NodeMetrics metrics)
    {
        if (tasks.Find(uuid) is not { } task)
        {
            return Answers.Error(NodeOdmTexts.NotFound(uuid));
        }

        if (TaskAssets.Find(asset) is not { } found)
        {
            return Answers.Error(NodeOdmTexts.InvalidAsset);
        }

        var file = new FileInfo(Path.Combine(tasks.Folders.Task(task.Record.Id), found.Path));
        if (!file.Exists)
        {
            return Answers.Error(NodeOdmTexts.AssetNotReady);
        }

        response.OnCompleted(() =>
        {
            metrics.ResultSent(response.ContentLength ?? 0);
            return Task.CompletedTask;
        });
        response.Headers.ContentDisposition = $"attachment; filename={asset}";
        var tag = new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{file.Length:x}-{file.LastWriteTimeUtc.Ticks:x}\"");
        return TypedResults.PhysicalFile(
            file.FullName, found.ContentType, fileDownloadName: null, file.LastWriteTimeUtc, tag, enableRangeProcessing: true);
    }
}
