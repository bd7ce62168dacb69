using OdmNode.Tasks.Engines;

namespace OdmNode.Tasks.Queue;

/// <summary>Follows what one run says about itself: where it is, how long each stage took, and how long it will still take.</summary>
/// <remarks>
/// The time left is what remains, at the speed of what this run itself has made: (1 - f) t / (f - f0), where f0 is what was
/// there before. Below a small share of own work, or within the first seconds, nobody knows.
/// </remarks>
internal sealed class RunOutlook
{
    /// <summary>The stage while the archive is written.</summary>
    public const string Packing = "packing";

    /// <summary>The stage while results go to an object store.</summary>
    public const string Uploading = "uploading";

    private const double LeastShare = 0.02;
    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time;
    private readonly Action<string, TimeSpan> _onStageEnded;
    private readonly Lock _gate = new();
    private readonly long _started;
    private string? _stage;
    private long _stageStarted;
    private EngineReport? _report;
    private double _kept = double.NaN;
    private TimeSpan? _left;
    private long _leftAt;

    /// <param name="time">The clock.</param>
    /// <param name="onStageEnded">Told each stage that ended, and its wall time.</param>
    public RunOutlook(TimeProvider time, Action<string, TimeSpan> onStageEnded)
    {
        (_time, _onStageEnded) = (time, onStageEnded);
        _started = time.GetTimestamp();
    }

    /// <summary>A fraction from an engine that tells nothing else; what it begins with counts as kept.</summary>
    public void Report(double fraction)
    {
        lock (_gate)
        {
            if (_report is null)
            {
                _kept = double.IsNaN(_kept) ? fraction : _kept;
                Estimate(fraction);
            }
        }
    }

    /// <summary>A report of the built-in engine.</summary>
    public void Report(EngineReport report)
    {
        lock (_gate)
        {
            EnterStage(report.Stage);
            _report = report;
            _kept = report.KeptFraction;
            Estimate(report.Fraction);
        }
    }

    /// <summary>A console line, which may name a stage.</summary>
    public void Observe(string line)
    {
        if (StageLine.Parse(line) is { } stage)
        {
            lock (_gate)
            {
                EnterStage(stage);
            }
        }
    }

    /// <summary>The node itself begins something.</summary>
    public void Enter(string stage)
    {
        lock (_gate)
        {
            EnterStage(stage);
            (_report, _left) = (null, null);
            _kept = double.NaN;
        }
    }

    /// <summary>The run is over.</summary>
    public void End()
    {
        lock (_gate)
        {
            LeaveStage();
        }
    }

    /// <summary>How things stand now.</summary>
    public TaskOutlook Describe()
    {
        lock (_gate)
        {
            return new TaskOutlook
            {
                Stage = _stage,
                Step = _report?.Step,
                UnitsDone = _report?.UnitsDone,
                UnitsPlanned = _report?.UnitsPlanned,
                SecondsLeft = _left is { } left
                    ? (int)Math.Ceiling(Math.Clamp((left - _time.GetElapsedTime(_leftAt)).TotalSeconds, 1, int.MaxValue))
                    : null,
            };
        }
    }

    private void Estimate(double fraction)
    {
        var elapsed = _time.GetElapsedTime(_started);
        var own = fraction - _kept;
        if (own >= LeastShare && elapsed >= LeastTime)
        {
            _left = elapsed * ((1 - fraction) / own);
            _leftAt = _time.GetTimestamp();
        }
    }

    private void EnterStage(string stage)
    {
        if (stage == _stage)
        {
            return;
        }

        LeaveStage();
        _stage = stage;
        _stageStarted = _time.GetTimestamp();
    }

    private void LeaveStage()
    {
        if (_stage is { } left)
        {
            _onStageEnded(left, _time.GetElapsedTime(_stageStarted));
            _stage = null;
        }
    }
}
