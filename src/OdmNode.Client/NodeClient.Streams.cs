using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using OdmNode.Client.Http;

namespace OdmNode.Client;

/// <content>Answers that are read while they come: results and the live console.</content>
public sealed partial class NodeClient
{
    private const string EventStream = "text/event-stream";

    /// <summary>Asks for a result file, or a part of it.</summary>
    /// <param name="id">The task.</param>
    /// <param name="asset">For instance <c>all.zip</c>.</param>
    /// <param name="range">The bytes wanted; null for all. A node that knows no ranges sends all in any case.</param>
    /// <param name="version">The part is wanted of this version only, else all of the new one; null for whatever there is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    internal async Task<AssetAnswer> OpenAssetAsync(
        string id, string asset, RangeItemHeaderValue? range, AssetVersion? version, CancellationToken cancellationToken)
    {
        var path = $"task/{Segment(id)}/download/{Segment(asset)}";
        var response = await _transport.OpenAsync(path, null, AskForPart, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent && !IsErrorAnswer(response))
        {
            return new AssetAnswer(response, await _transport.OpenBodyAsync(response, null, cancellationToken).ConfigureAwait(false));
        }

        using (response)
        {
            await _transport.ReadJsonAsync(response, path, cancellationToken).ConfigureAwait(false);
            throw _transport.NotANode("it answered the download with JSON");
        }

        void AskForPart(HttpRequestHeaders headers)
        {
            if (range is not null)
            {
                headers.Range = new RangeHeaderValue { Ranges = { range } };
                headers.IfRange = version?.Condition;
            }
        }
    }

    /// <summary>Opens the console as a stream of server-sent events; an extension of the protocol.</summary>
    /// <param name="id">The task.</param>
    /// <param name="line">Number of the first line wanted.</param>
    /// <param name="silence">Longest wait for the next sign of life.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Null when the node does not offer it; the caller disposes it.</returns>
    internal async Task<AnswerStream?> OpenConsoleAsync(string id, int line, TimeSpan silence, CancellationToken cancellationToken)
    {
        var path = $"task/{Segment(id)}/output/stream";
        var response = await _transport.OpenAsync(path, Number("line", line), AskForEvents, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.OK && response.Content.Headers.ContentType?.MediaType == EventStream)
        {
            return await _transport.OpenBodyAsync(response, silence, cancellationToken).ConfigureAwait(false);
        }

        using (response)
        {
            try
            {
                await _transport.ReadJsonAsync(response, path, cancellationToken).ConfigureAwait(false);
                return null;
            }
            catch (NodeException exception) when (exception.IsMissingRoute)
            {
                return null;
            }
        }

        void AskForEvents(HttpRequestHeaders headers)
        {
            headers.Accept.Add(new MediaTypeWithQualityHeaderValue(EventStream));
            if (line > 0)
            {
                headers.Add("Last-Event-ID", (line - 1).ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>A result may be JSON too; it then comes as an attachment.</summary>
    private static bool IsErrorAnswer(HttpResponseMessage response) =>
        AnswerJudge.IsJson(response)
        && response.Content.Headers.ContentDisposition?.DispositionType != "attachment";
}
