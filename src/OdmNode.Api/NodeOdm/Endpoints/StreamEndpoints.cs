using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using OdmNode.Api.Http;
using OdmNode.Api.NodeOdm.Mapping;
using OdmNode.Tasks.Output;
using OdmNode.Tasks.Queue;

namespace OdmNode.Api.NodeOdm.Endpoints;

/// <summary>What is sent for as long as it takes.</summary>
internal static class StreamEndpoints
{
    /// <summary>The console as server-sent events, from a line on, until the task has ended.</summary>
    public static async Task<IResult> OutputAsync(
        string uuid, HttpContext context, NodeTasks tasks, TimeProvider time, IHostApplicationLifetime host, CancellationToken cancellationToken)
    {
        if (tasks.Find(uuid) is not { } task)
        {
            return Answers.Error(NodeOdmTexts.NotFound(uuid));
        }

        var response = context.Response;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-store";

        // A proxy in between must not hold lines back.
        response.Headers["X-Accel-Buffering"] = "no";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return Results.Empty;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        try
        {
            // The client learns at once that it is connected, also while there is nothing to tell.
            await response.StartAsync(ending.Token).ConfigureAwait(false);
            await response.BodyWriter.FlushAsync(ending.Token).ConfigureAwait(false);
            await foreach (var items in new ConsoleFeed(tasks, task, time).ReadAsync(FirstLine(context.Request, task), ending.Token).ConfigureAwait(false))
            {
                EventStream.Write(response.BodyWriter, items);
                await response.BodyWriter.FlushAsync(ending.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The client has gone, or the daemon stops and the client comes back with the last number it saw.
        }

        return Results.Empty;
    }

    private static long FirstLine(HttpRequest request, NodeTask task) =>
        QueryNumbers.Whole(request.Headers["Last-Event-ID"].ToString()) is { } last
            ? last + 1
            : task.Console.First(QueryNumbers.LeadingInteger(request.Query, "line"));
}
