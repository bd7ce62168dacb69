using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OdmNode.Client.Http;

/// <summary>Requests to one node: address, token, time-outs, redirects; every failure leaves as a <see cref="NodeException"/>.</summary>
internal sealed class NodeTransport : IDisposable
{
    private const int MaxConnections = 64;
    private const int MaxRedirects = 5;

    private readonly HttpClient _http;
    private readonly NodeClientOptions _options;
    private readonly AnswerJudge _judge;
    private readonly string _tokenQuery;

    public NodeTransport(NodeAddress address, string? token, NodeClientOptions options)
    {
        Node = address.Root;
        _options = options;
        _judge = new AnswerJudge(Node);
        _tokenQuery = (string.IsNullOrEmpty(token) ? address.Token : token) is { Length: > 0 } secret
            ? "token=" + Uri.EscapeDataString(secret)
            : string.Empty;

        // Redirects are followed here, for GET alone: a POST would silently become a GET.
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = options.ConnectTimeout,
            MaxConnectionsPerServer = MaxConnections,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            AllowAutoRedirect = false,
            UseCookies = false,
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public Uri Node { get; }

    /// <summary>Asks for JSON.</summary>
    public async Task<T> GetAsync<T>(string path, string? query, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(path, query, null, cancellationToken).ConfigureAwait(false);
        return Convert(await ReadJsonAsync(response, path, cancellationToken).ConfigureAwait(false), path, type);
    }

    /// <summary>Sends a body and reads the JSON answer.</summary>
    /// <param name="path">The route.</param>
    /// <param name="content">The body; null for none. Owned by the caller.</param>
    /// <param name="headers">Further headers; null for none.</param>
    /// <param name="deadline">Ends the wait for the answer.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<JsonElement> PostAsync(
        string path, HttpContent? content, Action<HttpRequestHeaders>? headers, IdleDeadline deadline, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(path, null)) { Content = content };
        headers?.Invoke(request.Headers);
        using var response = await SendAsync(request, deadline, cancellationToken).ConfigureAwait(false);
        return await ReadJsonAsync(response, path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a small body.</summary>
    public async Task<JsonElement> PostAsync(
        string path, HttpContent? content, Action<HttpRequestHeaders>? headers, CancellationToken cancellationToken)
    {
        using var deadline = new IdleDeadline(_options.AnswerTimeout, cancellationToken);
        return await PostAsync(path, content, headers, deadline, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A deadline for bodies that take as long as they take.</summary>
    public IdleDeadline WhileMoving(CancellationToken cancellationToken) => new(_options.IdleTimeout, cancellationToken);

    /// <summary>Asks, and returns when the headers have come; the caller disposes the answer.</summary>
    public async Task<HttpResponseMessage> OpenAsync(
        string path, string? query, Action<HttpRequestHeaders>? headers, CancellationToken cancellationToken)
    {
        var target = Address(path, query);
        for (var hop = 0; ; hop++)
        {
            using var deadline = new IdleDeadline(_options.AnswerTimeout, cancellationToken);
            using var request = new HttpRequestMessage(HttpMethod.Get, target);
            headers?.Invoke(request.Headers);
            var response = await SendAsync(request, deadline, cancellationToken).ConfigureAwait(false);
            if (hop == MaxRedirects || RedirectOf(response, target) is not { } next)
            {
                return response;
            }

            response.Dispose();
            target = next;
        }
    }

    /// <summary>The body of an answer; it disposes the answer with itself.</summary>
    public Task<AnswerStream> OpenBodyAsync(HttpResponseMessage response, TimeSpan? silence, CancellationToken cancellationToken) =>
        AnswerStream.OpenAsync(response, Node, silence ?? _options.IdleTimeout, cancellationToken);

    /// <summary>Reads an answer that should be JSON.</summary>
    /// <exception cref="NodeException">It is something else, or holds an error.</exception>
    public async Task<JsonElement> ReadJsonAsync(HttpResponseMessage response, string path, CancellationToken cancellationToken)
    {
        if (!AnswerJudge.IsJson(response))
        {
            throw _judge.OfForeign(response, path);
        }

        var body = await OpenBodyAsync(response, null, cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            return _judge.Read(await body.ReadToEndAsync(cancellationToken).ConfigureAwait(false), path, response.StatusCode);
        }
    }

    /// <summary>Turns an answer into what it should hold.</summary>
    /// <exception cref="NodeException">It does not have that shape.</exception>
    public T Convert<T>(JsonElement answer, string path, JsonTypeInfo<T> type)
    {
        try
        {
            return answer.Deserialize(type) ?? throw _judge.NotANode($"/{path} was answered with nothing");
        }
        catch (JsonException exception)
        {
            throw _judge.NotANode($"/{path} was answered with other JSON than the protocol has", exception);
        }
    }

    /// <summary>What an answer that is neither expected nor JSON means.</summary>
    public NodeException Foreign(HttpResponseMessage response, string path) => _judge.OfForeign(response, path);

    public NodeException NotANode(string what) => _judge.NotANode(what);

    public void Dispose() => _http.Dispose();

    private static Uri? RedirectOf(HttpResponseMessage response, Uri from)
    {
        if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
            || response.Headers.Location is not { } location)
        {
            return null;
        }

        // From https to http the token would travel in the open.
        var target = new Uri(from, location);
        return target.Scheme == from.Scheme || target.Scheme == Uri.UriSchemeHttps ? target : null;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, IdleDeadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.InvalidResponse)
        {
            throw _judge.NotANode("what it answers is not HTTP", exception);
        }
        catch (HttpRequestException exception)
        {
            throw new NodeException(NodeErrorKind.Unreachable, $"The node at {Node} cannot be reached: {exception.Message}", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NodeException(NodeErrorKind.Unreachable, $"The node at {Node} did not answer in time.", exception);
        }
    }

    private Uri Address(string path, string? query)
    {
        var parts = string.Join('&', new[] { query, _tokenQuery }.Where(part => !string.IsNullOrEmpty(part)));
        return new Uri(Node, parts.Length > 0 ? $"{path}?{parts}" : path);
    }
}
