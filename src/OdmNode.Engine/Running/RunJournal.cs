using System.Globalization;
using OdmNode.Core.Identity;
using OdmNode.Pipeline.Running;
using OdmNode.Pipeline.Stages;

namespace OdmNode.Engine.Running;

/// <summary>Turns what happens into console lines, progress and the record that log.json and the statistics are made of.</summary>
public sealed class RunJournal : IRunObserver
{
    private readonly Action<string> write;
    private readonly Action<RunProgress> progress;
    private readonly List<StageEntry> stages = [];
    private StageEntry? current;

    /// <param name="write">Takes one console line.</param>
    /// <param name="progress">Takes how far the run has come.</param>
    /// <param name="clock">Stamps the stages.</param>
    public RunJournal(Action<string> write, Action<RunProgress> progress, TimeProvider clock)
    {
        this.write = write;
        this.progress = progress;
        Clock = clock;
        ArgumentNullException.ThrowIfNull(clock);
        StartedAt = clock.GetUtcNow();
    }

    public TimeProvider Clock { get; }

    public DateTimeOffset StartedAt { get; }

    /// <summary>Usable photos of the data set, once they are known.</summary>
    public int Images { get; set; }

    /// <summary>Stages of this run so far.</summary>
    public IReadOnlyList<StageEntry> Stages => stages;

    public void StageStarted(StageInfo stage, int units, int present)
    {
        ArgumentNullException.ThrowIfNull(stage);
        current = new StageEntry(stage.Name, Clock.GetUtcNow());
        stages.Add(current);
        string kept = present == 0 ? "" : present == units ? ", all kept from before" : $", {present} kept from before";
        Line("INFO", string.Create(
            CultureInfo.InvariantCulture,
            $"Running {stage.Name} ({StageNames.PublicNameOf(stage.Name)}): {units} {(units == 1 ? "unit" : "units")}{kept}"));
    }

    public void StageFinished(StageInfo stage, StageResult result)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(result);
        current!.Result = result;
        current.FinishedAt = Clock.GetUtcNow();
        Line("INFO", string.Create(CultureInfo.InvariantCulture, $"Finished {stage.Name} in {result.Seconds:0.0} s"));
    }

    public void Message(MessageLevel level, string text)
    {
        current?.Messages.Add((text, level == MessageLevel.Warning ? "warning" : "info"));
        Line(level == MessageLevel.Warning ? "WARNING" : "INFO", text);
    }

    public void Progress(RunProgress progress) => this.progress(progress);

    /// <summary>A line outside of any stage.</summary>
    public void Line(string level, string text) => write($"[{level}]".PadRight(10) + text.ReplaceLineEndings(" "));
}
