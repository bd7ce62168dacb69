using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace OdmNode.ConformanceTests.Nodes;

/// <summary>A server on the loopback interface for what the node asks of others; writes down every request.</summary>
public sealed class TinyServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private TinyServer(WebApplication application) => _application = application;

    public sealed record Request(string Method, string Path, string? ContentType, string? Accept, string Body, DateTimeOffset At);

    /// <summary>All requests in the order of their arrival.</summary>
    public ConcurrentQueue<Request> Requests { get; } = new();

    public string Address => _application.Urls.Single();

    /// <param name="answer">Gives the answer to each request; its number counts from 0.</param>
    public static async Task<TinyServer> StartAsync(Func<HttpContext, int, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<KestrelServerOptions>(options => options.AllowSynchronousIO = false);
        var server = new TinyServer(builder.Build());
        server._application.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var headers = context.Request.Headers;
            var number = server.Requests.Count;
            server.Requests.Enqueue(new Request(
                context.Request.Method, context.Request.Path, headers.ContentType, headers.Accept, await reader.ReadToEndAsync(), TimeProvider.System.GetUtcNow()));
            await answer(context, number);
        });
        await server._application.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}
