using OdmNode.Client;
using OdmNode.Client.Following;
using OdmNode.Client.Transfers;
using OdmNode.Client.Wire;
using OdmNode.Core.Errors;

namespace OdmNode.Verbs;

/// <summary>
/// The whole way of a folder of photos through a node: upload, follow, download, unpack. What is done is remembered, so that the same
/// order, given again after whatever stopped it, goes on from there.
/// </summary>
internal sealed class Submission(NodeClient client, TimeProvider time)
{
    private const string Archive = "all.zip";
    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(10);

    /// <summary>Processes a folder and unpacks the results.</summary>
    /// <returns>The result files, absolute.</returns>
    /// <exception cref="OdmException">The task failed or was cancelled on the node.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(SubmissionOrder order, CancellationToken cancellationToken)
    {
        var memory = Remember(order);
        var display = new SubmissionDisplay(new ProgressBar(time), order.IsVerbose);
        try
        {
            var (id, phase) = await ObtainAsync(order, memory, display, cancellationToken);
            display.Note($"task {id}");
            if (phase != SubmissionPhase.Downloading)
            {
                await FollowAsync(id, memory, display, cancellationToken);
                memory.Keep(id, SubmissionPhase.Downloading);
            }

            var files = await FetchAsync(id, order, display, cancellationToken);
            memory.Forget();
            display.Done();
            display.Finish();
            if (order.RemovesTask)
            {
                await RemoveAsync(id, cancellationToken);
            }

            return files;
        }
        catch (Exception exception) when (exception is OperationCanceledException or NodeException or IOException && memory.Recall() is not null)
        {
            display.Note("The same command goes on from here.");
            throw;
        }
        finally
        {
            display.Finish();
        }
    }

    /// <summary>Uploads alone; the task goes its way on the node, and the same order in <see cref="RunAsync"/> brings the results.</summary>
    /// <returns>The task's id.</returns>
    public async Task<string> UploadAsync(SubmissionOrder order, CancellationToken cancellationToken)
    {
        var display = new SubmissionDisplay(new ProgressBar(time, onError: true), order.IsVerbose);
        try
        {
            return (await ObtainAsync(order, Remember(order), display, cancellationToken)).Id;
        }
        finally
        {
            display.Finish();
        }
    }

    private SubmissionMemory Remember(SubmissionOrder order)
    {
        Directory.CreateDirectory(order.Output);
        return new SubmissionMemory(order.Output, order.KeyFor(client.Node), client.Node);
    }

    /// <summary>The task on the node: one that is there already, the rest of an upload, or a new one.</summary>
    private async Task<(string Id, SubmissionPhase Phase)> ObtainAsync(
        SubmissionOrder order, SubmissionMemory memory, SubmissionDisplay display, CancellationToken cancellationToken)
    {
        var upload = new SubmissionUpload(client, order, memory, display, time);
        var left = order.StartsAnew ? null : memory.Recall();
        if (order.ResumedId is { } wanted && left?.Uuid != wanted)
        {
            left = new SubmissionState(string.Empty, client.Node, wanted, SubmissionPhase.Uploading);
        }

        if (left is not null && await upload.ResumeAsync(left, cancellationToken) is { } phase)
        {
            memory.Keep(left.Uuid, phase);
            return (left.Uuid, phase);
        }

        if (order.ResumedId is not null)
        {
            throw new OdmException(
                ErrorKind.BadInput, $"{client.Node} cannot go on with {order.ResumedId}: it is no task there, and no open upload of these files.");
        }

        if (memory.RecallOther() is { } other)
        {
            display.Note($"The folder {order.Output} remembered task {other.Uuid} on {other.Node}, which is another one; it is left to itself.");
        }

        var id = await upload.SendAsync(cancellationToken);
        memory.Keep(id, SubmissionPhase.Processing);
        return (id, SubmissionPhase.Processing);
    }

    private async Task FollowAsync(string id, SubmissionMemory memory, SubmissionDisplay display, CancellationToken cancellationToken)
    {
        TaskSnapshot end;
        try
        {
            end = await new TaskFollower(client, new FollowOptions(), time).FollowAsync(id, display.State, display.Line, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            display.Finish();
            await CancelOnNodeAsync(id, memory);
            throw;
        }

        if (end.Status.Code == TaskSnapshotStatus.Completed)
        {
            return;
        }

        memory.Forget();
        display.Tail();
        throw new OdmException(
            ErrorKind.BadInput,
            end.Status.Code == TaskSnapshotStatus.Canceled
                ? $"Task {id} was cancelled."
                : $"Task {id} failed: {end.Status.ErrorMessage ?? "the node gave no reason"}");
    }

    private async Task<IReadOnlyList<string>> FetchAsync(
        string id, SubmissionOrder order, SubmissionDisplay display, CancellationToken cancellationToken)
    {
        var archive = Path.Combine(order.Output, Archive);
        await new AssetDownload(client, order.Download, time).FetchAsync(id, Archive, archive, display.Download, cancellationToken);
        return ResultArchive.Extract(archive, order.Output, cancellationToken);
    }

    private async Task CancelOnNodeAsync(string id, SubmissionMemory memory)
    {
        using var patience = new CancellationTokenSource(CancelPatience);
        try
        {
            await client.CancelAsync(id, patience.Token);
            memory.Forget();
            Console.WriteLine($"Task {id} was cancelled on the node.");
        }
        catch (Exception exception) when (exception is NodeException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"Task {id} could not be cancelled and goes on: {exception.Message}");
        }
    }

    private async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await client.RemoveAsync(id, cancellationToken);
        }
        catch (NodeException exception)
        {
            await Console.Error.WriteLineAsync($"Task {id} could not be removed from the node: {exception.Message}");
        }
    }
}
