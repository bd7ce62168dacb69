using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using OdmNode.Client;

namespace OdmNode.UnitTests.Client.Nodes;

/// <summary>A node on the loopback interface that does what a test wants, may be stopped in mid-sentence and started again.</summary>
internal sealed class ScriptedNode : IAsyncDisposable
{
    private readonly Action<IEndpointRouteBuilder> _routes;
    private WebApplication? _application;
    private int _port;

    private ScriptedNode(Action<IEndpointRouteBuilder> routes) => _routes = routes;

    /// <summary>Method, path and query of every request, in the order of their coming.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public Uri Address => new($"http://127.0.0.1:{_port}");

    public static async Task<ScriptedNode> StartAsync(Action<IEndpointRouteBuilder> routes)
    {
        var node = new ScriptedNode(routes);
        await node.StartAgainAsync();
        return node;
    }

    public NodeClient Connect(string? token = null, string path = "") => new(new Uri(Address, path), token);

    /// <summary>Number of requests that begin so.</summary>
    public int Count(string beginning) => Requests.Count(request => request.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>Ends at once: open connections break.</summary>
    public async Task StopAsync()
    {
        if (_application is { } running)
        {
            _application = null;
            await running.StopAsync(new CancellationToken(canceled: true));
            await running.DisposeAsync();
        }
    }

    /// <summary>Listens again, on the same port.</summary>
    public async Task StartAgainAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{_port}");
        _application = builder.Build();
        _application.Use(async (HttpContext context, RequestDelegate next) =>
        {
            Requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
            await next(context);
        });
        _application.UseRouting();
        _routes(_application);
        await _application.StartAsync();
        _port = new Uri(_application.Urls.Single()).Port;
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
