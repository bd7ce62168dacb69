using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using OdmNode.Tasks.Outbound;

namespace OdmNode.Tasks.Webhooks;

/// <summary>One attempt of one call.</summary>
internal sealed class WebhookPost(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client = new(OutboundHttp.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };

    /// <returns>Null when the other side answered with status 200; otherwise why the attempt failed, without the address.</returns>
    public async Task<string?> SendAsync(WebhookCall call, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var request = OutboundHttp.CreateRequest(HttpMethod.Post, call.Target);
        request.Content = new ByteArrayContent(call.Body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaTypeNames.Application.Json));
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.OK ? null : $"status {(int)response.StatusCode}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {TimeLimit.TotalSeconds:0} s";
        }
        catch (HttpRequestException exception)
        {
            return ConnectionFailure.Describe(exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
