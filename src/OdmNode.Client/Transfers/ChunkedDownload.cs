using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using OdmNode.Client.Http;
using OdmNode.Client.Retrying;
using Polly;

namespace OdmNode.Client.Transfers;

/// <summary>Fetches the missing chunks of one version of a file, several at a time.</summary>
internal sealed class ChunkedDownload
{
    private const int PieceBytes = 256 * 1024;

    private readonly NodeClient _client;
    private readonly string _id;
    private readonly string _asset;
    private readonly PartialFile _file;
    private readonly TransferMeter _meter;
    private readonly Patience _patience;
    private readonly ResiliencePipeline _retries;

    public ChunkedDownload(
        NodeClient client, string id, string asset, PartialFile file, TransferMeter meter, DownloadOptions options, TimeProvider time)
    {
        (_client, _id, _asset, _file, _meter) = (client, id, asset, file, meter);
        _patience = new Patience(options.OutageLimit, time);
        _retries = Retries.While(_patience, options.Pause, error => error.IsTransient, _ => { }, time);
    }

    /// <summary>Returns when all chunks are on disk.</summary>
    /// <param name="connections">Chunks at the same time.</param>
    /// <param name="opened">An answer that holds the first chunk; null for none. Owned by the caller.</param>
    /// <param name="cancellationToken">Stops; finished chunks stay.</param>
    /// <exception cref="AssetChangedException">The node has another version now.</exception>
    /// <exception cref="NodeException">The node stayed out of reach, or refused.</exception>
    public async Task RunAsync(int connections, AssetAnswer? opened, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = connections, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(_file.MissingChunks(), parallel, async (chunk, token) =>
            await FetchAsync(chunk, chunk == 0 ? opened : null, token).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task FetchAsync(int chunk, AssetAnswer? opened, CancellationToken cancellationToken)
    {
        var position = _file.Start(chunk);
        var end = _file.End(chunk);
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            await _retries.ExecuteAsync(
                async token =>
                {
                    using var answer = Interlocked.Exchange(ref opened, null) ?? await OpenAsync(position, end, token).ConfigureAwait(false);
                    if (!answer.IsPartial || answer.From != position || answer.Version != _file.Version)
                    {
                        throw new AssetChangedException();
                    }

                    while (position < end)
                    {
                        var piece = buffer.AsMemory(0, (int)Math.Min(PieceBytes, end - position));
                        position += await MoveAsync(answer.Body, piece, position, token).ConfigureAwait(false);
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        _file.Finish(chunk);
    }

    private async Task<AssetAnswer> OpenAsync(long position, long end, CancellationToken cancellationToken)
    {
        try
        {
            return await _client
                .OpenAssetAsync(_id, _asset, new RangeItemHeaderValue(position, end - 1), _file.Version, cancellationToken).ConfigureAwait(false);
        }
        catch (NodeException exception) when (exception.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            throw new AssetChangedException();
        }
    }

    private async Task<int> MoveAsync(AnswerStream source, Memory<byte> piece, long position, CancellationToken cancellationToken)
    {
        var read = await source.ReadAsync(piece, cancellationToken).ConfigureAwait(false);
        if (read == 0)
        {
            throw new NodeException(NodeErrorKind.Unreachable, $"{_client.Node} sent less of {_asset} than it was asked for.");
        }

        await _file.WriteAsync(piece[..read], position, cancellationToken).ConfigureAwait(false);
        _meter.Add(read);
        _patience.Hear();
        return read;
    }
}
