using System.Net;

namespace OdmNode.Client.Transfers;

/// <summary>Fetches a result file; a transfer that breaks off goes on where it stopped.</summary>
public sealed class AssetDownload
{
    private const int Attempts = 8;
    private const int BufferSize = 256 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly NodeClient _client;

    public AssetDownload(NodeClient client) => _client = client;

    /// <summary>Downloads into a file, which appears under its name when it is whole.</summary>
    /// <param name="id">The task.</param>
    /// <param name="asset">For instance <c>all.zip</c>.</param>
    /// <param name="path">Where to put it.</param>
    /// <param name="onProgress">Told bytes received and bytes in all (0 when unknown).</param>
    /// <param name="cancellationToken">Stops and deletes the partial file.</param>
    public async Task FetchAsync(string id, string asset, string path, Action<long, long> onProgress, CancellationToken cancellationToken)
    {
        var partial = path + ".partial";
        try
        {
            await FetchToAsync(id, asset, partial, onProgress, cancellationToken).ConfigureAwait(false);
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private async Task FetchToAsync(string id, string asset, string partial, Action<long, long> onProgress, CancellationToken cancellationToken)
    {
        var target = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
        await using var disposal = target.ConfigureAwait(false);
        string? tag = null;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var response = await _client.OpenAssetAsync(id, asset, target.Length, tag, cancellationToken).ConfigureAwait(false);
                if (response.StatusCode != HttpStatusCode.PartialContent)
                {
                    target.SetLength(0);
                }

                target.Position = target.Length;
                tag = response.Headers.ETag is { IsWeak: false } strong ? strong.Tag : null;
                var total = target.Length + (response.Content.Headers.ContentLength ?? 0);
                await CopyAsync(response, target, total, onProgress, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (attempt < Attempts && IsTransient(exception))
            {
                await Task.Delay(Pause * attempt, cancellationToken).ConfigureAwait(false);
            }
            catch (HttpIOException exception)
            {
                throw new NodeException(NodeErrorKind.Unreachable, $"The download of {asset} broke off: {exception.Message}", exception);
            }
        }
    }

    private static bool IsTransient(Exception exception) =>
        exception is HttpIOException or NodeException { Kind: NodeErrorKind.Unreachable };

    private static async Task CopyAsync(
        HttpResponseMessage response, FileStream target, long total, Action<long, long> onProgress, CancellationToken cancellationToken)
    {
        var source = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var disposal = source.ConfigureAwait(false);
        var buffer = new byte[BufferSize];
        for (int read; (read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            onProgress(target.Length, total);
        }
    }
}
