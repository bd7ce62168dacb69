using System.Buffers;
using System.Net.Http.Headers;
using OdmNode.Client.Http;
using OdmNode.Client.Retrying;

namespace OdmNode.Client.Transfers;

/// <summary>Fetches a file from its beginning to its end, from nodes that serve no parts; goes on after a break where the node lets it.</summary>
internal sealed class StreamedDownload(
    NodeClient client, string id, string asset, DownloadOptions options, Action<TransferProgress> onProgress, TimeProvider time)
{
    private const int PieceBytes = 256 * 1024;
    private const int MaxStarts = 8;

    private readonly Patience _patience = new(options.OutageLimit, time);
    private TransferMeter? _meter;
    private AssetVersion? _version;
    private int _starts;

    /// <summary>Returns when the file is whole; a failure leaves nothing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="opened">The first answer; disposed here.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task RunAsync(string path, AssetAnswer opened, CancellationToken cancellationToken)
    {
        var data = PartialFile.DataPath(path);
        try
        {
            using (var first = opened)
            {
                await FetchAsync(data, first, cancellationToken).ConfigureAwait(false);
            }

            File.Move(data, path, overwrite: true);
        }
        finally
        {
            File.Delete(data);
        }
    }

    private async Task FetchAsync(string data, AssetAnswer opened, CancellationToken cancellationToken)
    {
        var target = new FileStream(data, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
        await using var disposal = target.ConfigureAwait(false);
        var next = opened;
        var retries = Retries.While(_patience, options.Pause, error => error.IsTransient && _starts < MaxStarts, _ => { }, time);
        await retries.ExecuteAsync(
            async token =>
            {
                using var answer = Interlocked.Exchange(ref next, null) ?? await OpenAsync(target.Length, token).ConfigureAwait(false);
                Begin(answer, target);
                await CopyAsync(answer.Body, target, token).ConfigureAwait(false);
                if (_version is { Length: var length } && target.Length != length)
                {
                    throw new NodeException(NodeErrorKind.Unreachable, $"{client.Node} sent {target.Length} bytes of {asset} instead of {length}.");
                }
            },
            cancellationToken).ConfigureAwait(false);
        RandomAccess.FlushToDisk(target.SafeFileHandle);
    }

    private Task<AssetAnswer> OpenAsync(long position, CancellationToken cancellationToken) => position > 0 && _version is { IsPinned: true }
        ? client.OpenAssetAsync(id, asset, new RangeItemHeaderValue(position, null), _version, cancellationToken)
        : client.OpenAssetAsync(id, asset, null, null, cancellationToken);

    /// <summary>Goes on where the file ends when the answer does so too, else from zero.</summary>
    private void Begin(AssetAnswer answer, FileStream target)
    {
        if (answer.IsPartial && answer.From == target.Length && answer.Version == _version)
        {
            return;
        }

        target.SetLength(0);
        _version = null;
        if (answer.From != 0)
        {
            throw new NodeException(NodeErrorKind.Unreachable, $"{client.Node} sent another part of {asset} than it was asked for.");
        }

        _starts++;
        _version = answer.Version;
        _meter = new TransferMeter(_version?.Length ?? 0, 0, onProgress, time);
    }

    private async Task CopyAsync(AnswerStream source, FileStream target, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            for (int read; (read = await source.ReadAsync(buffer.AsMemory(0, PieceBytes), cancellationToken).ConfigureAwait(false)) > 0;)
            {
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                _meter?.Add(read);
                _patience.Hear();
            }

            _meter?.Tell();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
