using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace OdmNode.UnitTests.Client.Nodes;

/// <summary>Mishaps that befall the next requests, one each.</summary>
internal sealed class Faults
{
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _next = [];

    public void Add(Func<HttpContext, Task> fault, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            _next.Enqueue(fault);
        }
    }

    /// <returns>True when a mishap took the place of the answer.</returns>
    public async Task<bool> StrikeAsync(HttpContext context)
    {
        if (!_next.TryDequeue(out var fault))
        {
            return false;
        }

        await fault(context);
        return true;
    }

    public static Task Break(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>A reset connection takes with it what the other side has not read yet.</summary>
    public static async Task BreakLater(HttpContext context)
    {
        await Task.Delay(50);
        context.Abort();
    }

    public static Task Fail(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return context.Response.WriteAsync("Internal Server Error");
    }

    public static Func<HttpContext, Task> Json(string text) => context =>
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(text);
    };
}
