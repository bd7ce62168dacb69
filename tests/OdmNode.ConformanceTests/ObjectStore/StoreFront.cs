using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OdmNode.ConformanceTests.ObjectStore;

/// <summary>Stands before a store, writes down every request, and does the network's mischief.</summary>
internal sealed class StoreFront : IAsyncDisposable
{
    private static readonly HashSet<string> OfTheConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "connection", "expect", "keep-alive", "transfer-encoding",
    };

    private readonly ConcurrentQueue<SeenRequest> _seen = new();
    private readonly HttpClient _store;
    private readonly Func<SeenRequest, Treatment> _treat;
    private readonly WebApplication _application;
    private int _count;

    private StoreFront(Uri store, Func<SeenRequest, Treatment> treat)
    {
        _store = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = store };
        _treat = treat;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
        }).UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.Run(ServeAsync);
    }

    /// <summary>The requests so far, in the order of arrival.</summary>
    public IReadOnlyList<SeenRequest> Seen => [.. _seen.OrderBy(request => request.Number)];

    /// <summary>Scheme, host and port.</summary>
    public string Url => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<StoreFront> StartAsync(S3Server store, Func<SeenRequest, Treatment> treat)
    {
        var front = new StoreFront(store.Url, treat);
        await front._application.StartAsync();
        return front;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _store.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        var request = context.Request;
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var headers = request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
        var seen = new SeenRequest(Interlocked.Increment(ref _count), request.Method, target, headers);
        var treatment = _treat(seen);
        _seen.Enqueue(seen);
        switch (treatment)
        {
            case Treatment.Refuse:
                await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "SlowDown", "Please reduce your request rate.");
                break;
            case Treatment.Forget:
                await RefuseAsync(context, StatusCodes.Status404NotFound, "NoSuchUpload", "The specified upload does not exist.");
                break;
            case Treatment.Cut:
                _ = await request.Body.ReadAsync(new byte[1024], context.RequestAborted);
                context.Abort();
                break;
            case Treatment.Hold:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            default:
                await HandOnAsync(context, target, headers);
                break;
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync($"<Error><Code>{code}</Code><Message>{message}</Message></Error>");
    }

    private async Task HandOnAsync(HttpContext context, string target, Dictionary<string, string> headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), target) { Content = new StreamContent(context.Request.Body) };
        foreach (var (name, value) in headers.Where(header => !OfTheConnection.Contains(header.Key)))
        {
            _ = request.Headers.TryAddWithoutValidation(name, value) || request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var answer = await _store.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !OfTheConnection.Contains(header.Key)))
            {
                context.Response.Headers[name] = values.ToArray();
            }

            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or IOException)
        {
            context.Abort();
        }
    }
}
