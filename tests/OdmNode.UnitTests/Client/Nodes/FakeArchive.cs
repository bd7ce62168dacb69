using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace OdmNode.UnitTests.Client.Nodes;

/// <summary>A result file, served with or without parts.</summary>
internal sealed class FakeArchive
{
    private int _serving;

    public byte[] Content { get; set; } = [];

    /// <summary>Names the version; null for a node that names none.</summary>
    public string? ETag { get; set; } = "\"1\"";

    public DateTimeOffset? LastModified { get; init; }

    public bool ServesParts { get; init; } = true;

    public string ContentType { get; init; } = "application/zip";

    public Faults Faults { get; } = new();

    /// <summary>The ranges that were asked for; null for the whole.</summary>
    public ConcurrentQueue<string?> Ranges { get; } = [];

    /// <summary>Most requests at the same time.</summary>
    public int MostParallel { get; private set; }

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/task/{id}/download/{asset}", AnswerAsync);

    /// <summary>Sends a piece of what was asked for, lets it arrive, then breaks the connection.</summary>
    public Func<HttpContext, Task> BreakAfter(int bytes) => async context =>
    {
        var (from, to) = Announce(context);
        await context.Response.Body.WriteAsync(Content.AsMemory(from, Math.Min(bytes, to - from)));
        await context.Response.Body.FlushAsync();
        await Faults.BreakLater(context);
    };

    /// <summary>Announces and sends less than was asked for.</summary>
    public Func<HttpContext, Task> Shorten(int bytes) => async context =>
    {
        var (from, _) = Announce(context);
        context.Response.ContentLength = bytes;
        await context.Response.Body.WriteAsync(Content.AsMemory(from, bytes));
    };

    /// <summary>Sends what was asked for.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        const int piece = 64 * 1024;
        var (from, to) = Announce(context);
        for (var position = from; position < to; position += piece)
        {
            await context.Response.Body.WriteAsync(Content.AsMemory(position, Math.Min(piece, to - position)));
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        MostParallel = Math.Max(MostParallel, Interlocked.Increment(ref _serving));
        try
        {
            Ranges.Enqueue(context.Request.Headers.Range.Count > 0 ? context.Request.Headers.Range.ToString() : null);
            if (await Faults.StrikeAsync(context))
            {
                return;
            }

            await ServeAsync(context);
        }
        finally
        {
            Interlocked.Decrement(ref _serving);
        }
    }

    private (int From, int To) Announce(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = ContentType;
        response.Headers.ContentDisposition = "attachment; filename=all.zip";
        response.Headers.ETag = ETag;
        if (LastModified is { } time)
        {
            response.Headers.LastModified = time.ToString("R", CultureInfo.InvariantCulture);
        }

        var (from, to) = (0, Content.Length);
        if (ServesParts)
        {
            response.Headers.AcceptRanges = "bytes";
            if (RangeHeaderValue.TryParse(context.Request.Headers.Range.ToString(), out var range) && IsWanted(context.Request))
            {
                from = (int)range.Ranges.Single().From!;
                to = (int)Math.Min(Content.Length, (range.Ranges.Single().To ?? (Content.Length - 1)) + 1);
                if (from >= Content.Length)
                {
                    response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
                    response.ContentLength = 0;
                    return (0, 0);
                }

                response.StatusCode = StatusCodes.Status206PartialContent;
                response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{to - 1}/{Content.Length}");
            }
        }

        response.ContentLength = to - from;
        return (from, to);
    }

    private bool IsWanted(HttpRequest request)
    {
        var condition = request.Headers.IfRange.ToString();
        return condition.Length == 0 || condition == ETag
            || (LastModified is { } time && condition == time.ToString("R", CultureInfo.InvariantCulture));
    }
}
