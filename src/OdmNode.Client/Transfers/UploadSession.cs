using OdmNode.Core.Options;

namespace OdmNode.Client.Transfers;

/// <summary>Sends a folder's files to a node: several at a time, each again when the connection fails.</summary>
public sealed class UploadSession
{
    private const int ParallelFiles = 4;
    private const int Attempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly NodeClient _client;

    public UploadSession(NodeClient client) => _client = client;

    /// <summary>Uploads and commits.</summary>
    /// <param name="name">The task's name.</param>
    /// <param name="files">Paths of all files.</param>
    /// <param name="options">Validated options.</param>
    /// <param name="onProgress">Told bytes sent and bytes in all, from several threads.</param>
    /// <param name="cancellationToken">Stops; what was sent so far is left for the node to clean up.</param>
    /// <returns>The id of the task.</returns>
    /// <exception cref="NodeException">The node refused a file, or stayed out of reach.</exception>
    public async Task<string> SendAsync(
        string name,
        IReadOnlyList<string> files,
        IReadOnlyList<OptionValue> options,
        Action<long, long> onProgress,
        CancellationToken cancellationToken)
    {
        var total = files.Sum(file => new FileInfo(file).Length);
        var sent = 0L;
        var id = await _client.BeginAsync(name, options, cancellationToken).ConfigureAwait(false);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelFiles, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(files, parallel, async (file, token) =>
            await SendFileAsync(id, file, bytes => onProgress(Interlocked.Add(ref sent, bytes), total), token).ConfigureAwait(false))
            .ConfigureAwait(false);
        await _client.CommitAsync(id, cancellationToken).ConfigureAwait(false);
        return id;
    }

    private async Task SendFileAsync(string id, string file, Action<int> onBytes, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var sent = 0;
            try
            {
                await _client.SendFileAsync(id, file, Count, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (NodeException exception) when (exception is { Kind: NodeErrorKind.Unreachable, NoRetry: false } && attempt < Attempts)
            {
                onBytes(-sent);
                await Task.Delay(Pause * attempt, cancellationToken).ConfigureAwait(false);
            }

            void Count(int bytes)
            {
                sent += bytes;
                onBytes(bytes);
            }
        }
    }
}
