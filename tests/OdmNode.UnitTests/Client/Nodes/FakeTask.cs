using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace OdmNode.UnitTests.Client.Nodes;

/// <summary>A task whose console and state a test moves on; with or without the extensions of the protocol.</summary>
internal sealed class FakeTask
{
    public const string Id = "22222222-2222-4222-8222-222222222222";
    private const string NotFound = $$"""{"error":"{{Id}} not found"}""";

    private readonly List<string> _lines = [];
    private readonly Lock _gate = new();
    private long _created = 1_000_000;

    public bool StreamsConsole { get; init; }

    /// <summary>Streams are opened, and what is written to them is held back.</summary>
    public bool HoldsStreamsBack { get; init; }

    /// <summary>What <c>/progress</c> tells beside the state; null for a node without that route.</summary>
    public string? Progress { get; set; }

    public int Code { get; set; } = 20;

    public bool IsRemoved { get; set; }

    /// <summary>Lines that a stream sends before its connection breaks.</summary>
    public int LinesPerStream { get; init; } = int.MaxValue;

    /// <summary>Befalls the questions for the state.</summary>
    public Faults StateFaults { get; } = new();

    /// <summary>The header of each stream that was asked for; null where absent.</summary>
    public ConcurrentQueue<string?> LastEventIds { get; } = [];

    public void Print(params string[] lines)
    {
        lock (_gate)
        {
            _lines.AddRange(lines);
        }
    }

    /// <summary>Begins anew, as a restart by a user does.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            _lines.Clear();
            _created++;
        }
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/task/{id}/info", (HttpContext context) => StateAsync(context, Info()));
        routes.MapGet("/task/{id}/output", (HttpContext context) => Faults.Json(JsonSerializer.Serialize(From(LineOf(context))))(context));
        if (Progress is not null)
        {
            routes.MapGet("/task/{id}/progress", (HttpContext context) => StateAsync(
                context, IsRemoved ? NotFound : $$"""{"uuid":"{{Id}}","status":{"code":{{Code}}},{{Progress}}}"""));
        }

        if (StreamsConsole || HoldsStreamsBack)
        {
            routes.MapGet("/task/{id}/output/stream", StreamAsync);
        }
    }

    private static int LineOf(HttpContext context) => int.Parse(context.Request.Query["line"]!, CultureInfo.InvariantCulture);

    private async Task StateAsync(HttpContext context, string answer)
    {
        if (!await StateFaults.StrikeAsync(context))
        {
            await Faults.Json(answer)(context);
        }
    }

    private string Info()
    {
        lock (_gate)
        {
            return IsRemoved ? NotFound : $$"""{"uuid":"{{Id}}","dateCreated":{{_created}},"status":{"code":{{Code}}},"progress":50}""";
        }
    }

    private string[] From(int line)
    {
        lock (_gate)
        {
            return [.. _lines.Skip(line)];
        }
    }

    private async Task StreamAsync(HttpContext context)
    {
        var header = context.Request.Headers.TryGetValue("Last-Event-ID", out var last) ? last.ToString() : null;
        LastEventIds.Enqueue(header);
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        await context.Response.Body.FlushAsync();
        if (HoldsStreamsBack)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        }

        var next = header is null ? LineOf(context) : int.Parse(header, CultureInfo.InvariantCulture) + 1;
        var created = _created;
        for (var sent = 0; ;)
        {
            if (created != _created)
            {
                (created, next) = (_created, 0);
                await SendAsync(context, "event: restart\ndata: {}\n\n");
            }

            foreach (var line in From(next))
            {
                await SendAsync(context, $"id: {next++}\ndata: {line}\n\n");
                if (++sent == LinesPerStream)
                {
                    // In the middle of the next event.
                    await SendAsync(context, $"id: {next}\ndata: half a li");
                    await Faults.BreakLater(context);
                    return;
                }
            }

            if (IsRemoved || (Code >= 30 && From(next).Length == 0))
            {
                await SendAsync(context, IsRemoved ? "event: gone\ndata: {}\n\n" : $"event: end\ndata: {{\"code\":{Code}}}\n\n");
                return;
            }

            await Task.Delay(5, context.RequestAborted);
        }
    }

    private static async Task SendAsync(HttpContext context, string text)
    {
        await context.Response.WriteAsync(text);
        await context.Response.Body.FlushAsync();
    }
}
