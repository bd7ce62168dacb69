using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OdmNode.UnitTests.Tasks.Serving;

/// <summary>A real HTTP server on a free port of this machine.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private int _requests;

    private LoopbackServer(WebApplication application) => _application = application;

    /// <summary>Number of requests so far.</summary>
    public int Requests => Volatile.Read(ref _requests);

    public static async Task<LoopbackServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        var server = new LoopbackServer(builder.Build());
        server._application.Run(context =>
        {
            Interlocked.Increment(ref server._requests);
            return answer(context);
        });
        await server._application.StartAsync();
        return server;
    }

    /// <summary>The address of something on it.</summary>
    public string At(string path) => _application.Urls.Single() + path;

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
