using OdmNode.Client.Retrying;
using Polly;

namespace OdmNode.Client.Transfers;

/// <summary>
/// Creates a task on a node from files: several at a time, each again when it fails, and the whole from where it stopped when the node
/// can tell what it holds.
/// </summary>
public sealed class UploadSession
{
    private readonly NodeClient _client;
    private readonly UploadOptions _options;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _fileRetries;
    private readonly ResiliencePipeline _callRetries;

    public UploadSession(NodeClient client, UploadOptions options, TimeProvider time)
    {
        (_client, _options, _time) = (client, options, time);

        // A node that does not call an error final may have met it on the way, as a body that a proxy cut short.
        _fileRetries = Retries.Of(
            options.Retries, options.Pause, error => error.IsTransient || error is { Kind: NodeErrorKind.Refused, NoRetry: false }, time);
        _callRetries = Retries.Of(options.Retries, options.Pause, error => error.IsTransient, time);
    }

    /// <summary>Opens an upload, sends all files and commits.</summary>
    /// <returns>The id of the task.</returns>
    /// <exception cref="NodeException">The node refused a file, or stayed out of reach.</exception>
    public async Task<string> SendAsync(UploadOrder order, CancellationToken cancellationToken)
    {
        var id = await BeginAsync(order.Request, cancellationToken).ConfigureAwait(false);
        order.OnBegun(id);
        await FinishAsync(id, order, order.Files, cancellationToken).ConfigureAwait(false);
        return id;
    }

    /// <summary>Goes on with an upload that an earlier session opened: sends what the node lacks and commits.</summary>
    /// <param name="id">The upload; nothing is done when it has become a task meanwhile.</param>
    /// <param name="order">The same order as then.</param>
    /// <param name="cancellationToken">Stops; what the node holds stays there.</param>
    /// <returns>
    /// False when it cannot be continued: the node has forgotten it, cannot tell what it holds (as plain nodes cannot; files sent
    /// again would be stored a second time), or holds other files. Then only a new upload helps.
    /// </returns>
    public async Task<bool> ResumeAsync(string id, UploadOrder order, CancellationToken cancellationToken)
    {
        if (await IsTaskAsync(id, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        if (await ContinueAsync(id, order, cancellationToken).ConfigureAwait(false) is not { } missing)
        {
            return false;
        }

        order.OnBegun(id);
        await FinishAsync(id, order, missing, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task FinishAsync(string id, UploadOrder order, IReadOnlyList<string> missing, CancellationToken cancellationToken)
    {
        for (var session = 1; ; session++)
        {
            try
            {
                await SendFilesAsync(id, order, missing, cancellationToken).ConfigureAwait(false);
                break;
            }
            catch (NodeException exception) when (exception.IsTransient && session < _options.Sessions)
            {
                if (await ContinueAsync(id, order, cancellationToken).ConfigureAwait(false) is not { } left)
                {
                    throw;
                }

                missing = left;
            }
        }

        await CommitAsync(id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks what an open upload lacks and opens it again; null when that cannot be told.</summary>
    private async Task<IReadOnlyList<string>?> ContinueAsync(string id, UploadOrder order, CancellationToken cancellationToken)
    {
        try
        {
            var held = await _callRetries.ExecuteAsync(
                async token => await _client.GetUploadAsync(id, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            if (held is null
                || await UploadInventory.MissingAsync(order.Files, held, _options.ParallelFiles, cancellationToken).ConfigureAwait(false)
                    is not { } missing)
            {
                return null;
            }

            // From now on the node knows late requests of the earlier session from those of this one.
            await BeginAsync(order.Request with { Uuid = id }, cancellationToken).ConfigureAwait(false);
            return missing;
        }
        catch (NodeException exception) when (exception.Kind == NodeErrorKind.NotFound)
        {
            return null;
        }
    }

    private async Task<string> BeginAsync(TaskRequest request, CancellationToken cancellationToken) =>
        await _callRetries.ExecuteAsync(
            async token => await _client.BeginAsync(request, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private async Task SendFilesAsync(string id, UploadOrder order, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var total = order.Files.Sum(SizeOf);
        var meter = new TransferMeter(total, total - files.Sum(SizeOf), order.OnProgress, _time);
        meter.Tell();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.ParallelFiles, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(files, parallel, async (file, token) =>
            await _fileRetries.ExecuteAsync(async each => await SendFileAsync(id, file, meter, each).ConfigureAwait(false), token)
                .ConfigureAwait(false)).ConfigureAwait(false);
        meter.Tell();
    }

    private async Task SendFileAsync(string id, string file, TransferMeter meter, CancellationToken cancellationToken)
    {
        var sent = 0L;
        try
        {
            await _client.SendFilesAsync(id, [file], Count, cancellationToken).ConfigureAwait(false);
        }
        catch (NodeException)
        {
            meter.Add(-sent);
            throw;
        }

        void Count(int bytes)
        {
            sent += bytes;
            meter.Add(bytes);
        }
    }

    private async Task CommitAsync(string id, CancellationToken cancellationToken) => await _callRetries.ExecuteAsync(
        async token =>
        {
            try
            {
                await _client.CommitAsync(id, token).ConfigureAwait(false);
            }
            catch (NodeException exception) when (exception.Kind == NodeErrorKind.NotFound)
            {
                // An earlier attempt may have succeeded and only its answer been lost.
                if (!await IsTaskAsync(id, token).ConfigureAwait(false))
                {
                    throw;
                }
            }
        },
        cancellationToken).ConfigureAwait(false);

    private async Task<bool> IsTaskAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await _callRetries.ExecuteAsync(
                async token => await _client.GetTaskAsync(id, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (NodeException exception) when (exception.Kind == NodeErrorKind.NotFound)
        {
            return false;
        }
    }

    private static long SizeOf(string file) => new FileInfo(file).Length;
}
