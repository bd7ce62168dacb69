using OdmNode.Tasks.Lifecycle;
using Prometheus;

namespace OdmNode.Tasks.Monitoring;

/// <summary>What the node counts, in a registry of its own.</summary>
public sealed class NodeMetrics
{
    private static readonly double[] TaskSecondsBuckets = [10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 43200, 86400];

    private readonly Gauge _tasks;
    private readonly Gauge _freeDisk;
    private readonly Gauge _uploads;
    private readonly Counter _ended;
    private readonly Counter _stageSeconds;
    private readonly Counter _stageRuns;
    private readonly Histogram _taskSeconds;
    private readonly Counter _uploadedBytes;
    private readonly Counter _uploadedFiles;
    private readonly Counter _downloadedBytes;
    private readonly Gauge _memory;

    /// <summary>Sets everything up at zero.</summary>
    public NodeMetrics()
    {
        Registry = Metrics.NewCustomRegistry();
        var factory = Metrics.WithCustomRegistry(Registry);
        _tasks = factory.CreateGauge("odmnode_tasks", "Tasks that the node knows, by status.", "status");
        _uploads = factory.CreateGauge("odmnode_open_uploads", "Uploads that are not committed yet.");
        _ended = factory.CreateCounter("odmnode_runs_ended_total", "Runs that ended since the start of the node, by status.", "status");
        _taskSeconds = factory.CreateHistogram(
            "odmnode_run_seconds", "Wall time of runs that completed.", new HistogramConfiguration { Buckets = TaskSecondsBuckets });
        _stageSeconds = factory.CreateCounter("odmnode_stage_seconds_total", "Wall time spent in each stage.", "stage");
        _stageRuns = factory.CreateCounter("odmnode_stage_runs_total", "How often each stage was run.", "stage");
        _uploadedBytes = factory.CreateCounter("odmnode_uploaded_bytes_total", "Bytes of received files.");
        _uploadedFiles = factory.CreateCounter("odmnode_uploaded_files_total", "Received files.");
        _downloadedBytes = factory.CreateCounter("odmnode_downloaded_bytes_total", "Bytes of results that were asked for.");
        _freeDisk = factory.CreateGauge("odmnode_disk_free_bytes", "Free space for the data folder.");
        _memory = factory.CreateGauge("odmnode_resident_memory_bytes", "Resident memory of the daemon, without its engines.");
    }

    /// <summary>The registry that is exported.</summary>
    public CollectorRegistry Registry { get; }

    /// <summary>A file has arrived.</summary>
    public void FileReceived(long bytes)
    {
        _uploadedFiles.Inc();
        _uploadedBytes.Inc(bytes);
    }

    /// <summary>A result is sent.</summary>
    public void ResultSent(long bytes) => _downloadedBytes.Inc(bytes);

    /// <summary>A stage of a run is over.</summary>
    public void StageEnded(string stage, TimeSpan elapsed)
    {
        _stageRuns.WithLabels(stage).Inc();
        _stageSeconds.WithLabels(stage).Inc(elapsed.TotalSeconds);
    }

    /// <summary>A run is over.</summary>
    public void RunEnded(NodeTaskStatus status, TimeSpan elapsed)
    {
        _ended.WithLabels(Label(status)).Inc();
        if (status == NodeTaskStatus.Completed)
        {
            _taskSeconds.Observe(elapsed.TotalSeconds);
        }
    }

    /// <summary>Takes the figures that are looked up, not counted; called before an export.</summary>
    public void Observe(IReadOnlyDictionary<NodeTaskStatus, int> tasks, int uploads, long freeDiskBytes)
    {
        foreach (var status in Enum.GetValues<NodeTaskStatus>())
        {
            _tasks.WithLabels(Label(status)).Set(tasks.GetValueOrDefault(status));
        }

        _uploads.Set(uploads);
        _freeDisk.Set(freeDiskBytes);
        _memory.Set(Environment.WorkingSet);
    }

    private static string Label(NodeTaskStatus status) => status switch
    {
        NodeTaskStatus.Queued => "queued",
        NodeTaskStatus.Running => "running",
        NodeTaskStatus.Failed => "failed",
        NodeTaskStatus.Completed => "completed",
        _ => "canceled",
    };
}
