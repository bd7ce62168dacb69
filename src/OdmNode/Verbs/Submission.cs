using OdmNode.Client;
using OdmNode.Client.Transfers;
using OdmNode.Client.Wire;
using OdmNode.Core.Errors;
using OdmNode.Core.Options;

namespace OdmNode.Verbs;

/// <summary>The whole way of a folder of photos through a node: upload, follow, download, unpack.</summary>
internal sealed class Submission(NodeClient client, TimeProvider time)
{
    private const double UploadShare = 0.05;
    private const double ProcessingShare = 0.92;
    private const int TailLines = 20;
    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(10);

    /// <summary>Shows every console line of the engine, not only the bar.</summary>
    public bool IsVerbose { get; init; }

    /// <summary>Processes a folder and unpacks the results.</summary>
    /// <returns>The result files, absolute.</returns>
    /// <exception cref="OdmException">The task failed or was cancelled on the node.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(
        string folder, IReadOnlyList<OptionValue> options, string output, CancellationToken cancellationToken)
    {
        var files = Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0)
        {
            throw new OdmException(ErrorKind.BadInput, $"The folder {folder} holds no files.");
        }

        Directory.CreateDirectory(output);
        var bar = new ProgressBar(time);
        string? id = null;
        try
        {
            bar.Show($"uploading {files.Count} files", 0);
            id = await new UploadSession(client).SendAsync(
                Path.GetFileName(Path.GetFullPath(folder)), files, options,
                (sent, total) => bar.Show($"uploading {files.Count} files", UploadShare * sent / Math.Max(1, total)), cancellationToken);
            bar.Print($"task {id}");
            await FollowAsync(id, bar, cancellationToken);
            var archive = Path.Combine(output, "all.zip");
            await new AssetDownload(client).FetchAsync(
                id, "all.zip", archive,
                (received, total) => bar.Show("downloading", UploadShare + ProcessingShare + (0.03 * received / Math.Max(1, total))),
                cancellationToken);
            bar.Show("done", 1);
            bar.Finish();
            return ResultArchive.Extract(archive, output, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && id is not null)
        {
            bar.Finish();
            await CancelOnNodeAsync(id);
            throw;
        }
        finally
        {
            bar.Finish();
        }
    }

    private async Task FollowAsync(string id, ProgressBar bar, CancellationToken cancellationToken)
    {
        var tail = new Queue<string>();
        var end = await new TaskFollower(client).FollowAsync(
            id,
            (snapshot, stage) => bar.Show(Describe(snapshot, stage), UploadShare + (ProcessingShare * snapshot.Progress / 100)),
            line =>
            {
                tail.Enqueue(line);
                if (tail.Count > TailLines)
                {
                    tail.Dequeue();
                }

                if (IsVerbose || line.StartsWith("[WARNING]", StringComparison.Ordinal))
                {
                    bar.Print(line);
                }
            },
            cancellationToken);
        if (end.Status.Code == TaskSnapshotStatus.Completed)
        {
            return;
        }

        if (!IsVerbose)
        {
            bar.Print("The last lines of the console:");
            foreach (var line in tail)
            {
                bar.Print("  " + line);
            }
        }

        throw new OdmException(
            ErrorKind.BadInput,
            end.Status.Code == TaskSnapshotStatus.Canceled
                ? $"Task {id} was cancelled."
                : $"Task {id} failed: {end.Status.ErrorMessage ?? "the node gave no reason"}");
    }

    private static string Describe(TaskSnapshot snapshot, string stage) => snapshot.Status.Code switch
    {
        TaskSnapshotStatus.Queued => "waiting in the queue",
        TaskSnapshotStatus.Running when stage.Length == 0 => "starting",
        TaskSnapshotStatus.Running when snapshot.Progress > 90 => "packing",
        TaskSnapshotStatus.Completed => "packed",
        _ => stage,
    };

    private async Task CancelOnNodeAsync(string id)
    {
        using var patience = new CancellationTokenSource(CancelPatience);
        try
        {
            await client.CancelAsync(id, patience.Token);
            Console.WriteLine($"Task {id} was cancelled on the node.");
        }
        catch (Exception exception) when (exception is NodeException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"Task {id} could not be cancelled and goes on: {exception.Message}");
        }
    }
}
