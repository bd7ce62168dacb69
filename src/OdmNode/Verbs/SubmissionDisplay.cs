using System.Globalization;
using OdmNode.Client.Following;
using OdmNode.Client.Transfers;
using OdmNode.Client.Wire;

namespace OdmNode.Verbs;

/// <summary>Puts a submission on the bar: the three phases share it, and the console shows above it.</summary>
internal sealed class SubmissionDisplay(ProgressBar bar, bool isVerbose)
{
    private const double UploadShare = 0.05;
    private const double ProcessingShare = 0.92;
    private const double DownloadShare = 0.03;
    private const double PackingFrom = 90;
    private const int TailLines = 20;

    private readonly Queue<string> _tail = new();

    public void Upload(TransferProgress progress, int files) =>
        bar.Show($"uploading {files} files", UploadShare * progress.Fraction, Describe(progress));

    public void Download(TransferProgress progress) =>
        bar.Show("downloading", UploadShare + ProcessingShare + (DownloadShare * progress.Fraction), Describe(progress));

    public void State(FollowedTask task)
    {
        var fraction = UploadShare + (ProcessingShare * task.Progress / 100);
        if (task.IsOutOfReach)
        {
            bar.Show("the node does not answer, trying again", fraction);
        }
        else
        {
            bar.Show(Stage(task), fraction, Detail(task));
        }
    }

    public void Line(string line)
    {
        _tail.Enqueue(line);
        if (_tail.Count > TailLines)
        {
            _tail.Dequeue();
        }

        if (isVerbose || line.StartsWith("[WARNING]", StringComparison.Ordinal))
        {
            bar.Print(line);
        }
    }

    public void Note(string text) => bar.Print(text);

    /// <summary>The end of the console, unless all of it was shown.</summary>
    public void Tail()
    {
        if (isVerbose)
        {
            return;
        }

        bar.Print("The last lines of the console:");
        foreach (var line in _tail)
        {
            bar.Print("  " + line);
        }
    }

    public void Done() => bar.Show("done", 1);

    /// <summary>Leaves the bar.</summary>
    public void Finish() => bar.Finish();

    private static string Stage(FollowedTask task) => task.Status.Code switch
    {
        TaskSnapshotStatus.Queued => "waiting in the queue",
        TaskSnapshotStatus.Completed => "packed",
        TaskSnapshotStatus.Running when (task.Step ?? task.Stage).Length == 0 => "starting",
        TaskSnapshotStatus.Running when task.Step is null && task.Progress > PackingFrom => "packing",
        _ => task.Step ?? task.Stage,
    };

    private static string Detail(FollowedTask task)
    {
        var parts = new List<string>();
        if (task is { UnitsDone: { } done, UnitsPlanned: { } planned })
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{done}/{planned}"));
        }

        if (task.QueuePosition is { } position)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"place {position}"));
        }

        return Join(parts, task.TimeLeft);
    }

    private static string Describe(TransferProgress progress) => Join(
        progress.BytesPerSecond > 0 ? [ResultListing.Size((long)progress.BytesPerSecond) + "/s"] : [], progress.TimeLeft);

    private static string Join(List<string> parts, TimeSpan? left)
    {
        if (left is { } time)
        {
            parts.Add(ProgressBar.Clock(time) + " left");
        }

        return string.Join(", ", parts);
    }
}
