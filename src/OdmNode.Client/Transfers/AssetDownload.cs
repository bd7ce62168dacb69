using System.Net;
using System.Net.Http.Headers;
using OdmNode.Client.Http;
using OdmNode.Client.Retrying;

namespace OdmNode.Client.Transfers;

/// <summary>
/// Fetches a result file: in parts and over several connections from nodes that serve parts of a version that can be named, else in one
/// stream. A transfer that breaks off goes on where it stopped, that of a process that was killed too.
/// </summary>
public sealed class AssetDownload
{
    private const int MaxVersions = 5;

    private readonly NodeClient _client;
    private readonly DownloadOptions _options;
    private readonly TimeProvider _time;

    public AssetDownload(NodeClient client, DownloadOptions options, TimeProvider time) => (_client, _options, _time) = (client, options, time);

    /// <summary>Downloads into a file, which appears under its name when it is whole.</summary>
    /// <param name="id">The task.</param>
    /// <param name="asset">For instance <c>all.zip</c>.</param>
    /// <param name="path">Where to put it; until it is whole, two files of similar names lie beside.</param>
    /// <param name="onProgress">Told how far the transfer is, one call at a time.</param>
    /// <param name="cancellationToken">Stops; what has come is kept where it can be continued.</param>
    /// <exception cref="NodeException">The node stayed out of reach, or has no such file.</exception>
    /// <exception cref="IOException">There is no room for the file, or it cannot be written.</exception>
    public async Task FetchAsync(
        string id, string asset, string path, Action<TransferProgress> onProgress, CancellationToken cancellationToken)
    {
        for (var version = 1; ; version++)
        {
            try
            {
                await FetchVersionAsync(id, asset, path, onProgress, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (AssetChangedException exception)
            {
                PartialFile.Delete(path);
                if (version == MaxVersions)
                {
                    throw new NodeException(NodeErrorKind.ServerError, $"{asset} of task {id} keeps changing on {_client.Node}.", exception);
                }
            }
        }
    }

    private async Task FetchVersionAsync(
        string id, string asset, string path, Action<TransferProgress> onProgress, CancellationToken cancellationToken)
    {
        if (PartialFile.Reopen(path, id, asset, _time) is { } left)
        {
            await FetchChunksAsync(id, asset, left, null, onProgress, cancellationToken).ConfigureAwait(false);
            return;
        }

        var answer = await OpenAsync(id, asset, cancellationToken).ConfigureAwait(false);
        if (!answer.IsPartial)
        {
            await new StreamedDownload(_client, id, asset, _options, onProgress, _time).RunAsync(path, answer, cancellationToken)
                .ConfigureAwait(false);
            return;
        }

        using (answer)
        {
            var file = PartialFile.Create(path, id, asset, answer.Version!, _options.ChunkBytes, _time);
            await FetchChunksAsync(id, asset, file, answer, onProgress, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FetchChunksAsync(
        string id, string asset, PartialFile partial, AssetAnswer? first, Action<TransferProgress> onProgress, CancellationToken cancellationToken)
    {
        using var file = partial;
        var meter = new TransferMeter(file.Version.Length, file.FinishedBytes, onProgress, _time);
        try
        {
            await new ChunkedDownload(_client, id, asset, file, meter, _options, _time)
                .RunAsync(_options.Connections, first, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not AssetChangedException)
        {
            file.Suspend();
            throw;
        }

        file.Complete();
        meter.Tell();
    }

    /// <summary>Asks for the first part; the answer tells whether parts can be had, and is of use in either case.</summary>
    private async Task<AssetAnswer> OpenAsync(string id, string asset, CancellationToken cancellationToken)
    {
        var patience = new Patience(_options.OutageLimit, _time);
        var retries = Retries.While(patience, _options.Pause, error => error.IsTransient, _ => { }, _time);
        return await retries.ExecuteAsync(
            async token =>
            {
                var answer = await OpenPartAsync(id, asset, token).ConfigureAwait(false);
                if (answer is null or { IsPartial: true } && answer is not { From: 0, Version.IsPinned: true })
                {
                    answer?.Dispose();
                    answer = await _client.OpenAssetAsync(id, asset, null, null, token).ConfigureAwait(false);
                }

                return answer;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<AssetAnswer?> OpenPartAsync(string id, string asset, CancellationToken cancellationToken)
    {
        try
        {
            return await _client
                .OpenAssetAsync(id, asset, new RangeItemHeaderValue(0, _options.ChunkBytes - 1), null, cancellationToken).ConfigureAwait(false);
        }
        catch (NodeException exception) when (exception.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // An empty file has no part.
            return null;
        }
    }
}
