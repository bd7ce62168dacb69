using System.Collections.Concurrent;
using System.Text.Json;
using OdmNode.Core.Errors;
using OdmNode.Core.Hashing;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Stages;

namespace OdmNode.Pipeline.Running;

/// <summary>
/// Runs stages one after the other: plans each, keeps the units whose checkpoint is present, computes the others, and
/// reduces. A damaged checkpoint is set aside and computed again.
/// </summary>
public sealed class PipelineRunner
{
    private const string SummaryUnit = "summary";
    private const string RecordSection = "odmnode.record";
    private readonly CheckpointStore store;
    private readonly SerialObserver observer;
    private readonly TimeProvider clock;

    /// <param name="store">Where finished work is kept.</param>
    /// <param name="observer">Told how the run goes on.</param>
    /// <param name="clock">For timings only.</param>
    public PipelineRunner(CheckpointStore store, IRunObserver observer, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(observer);
        this.store = store;
        this.observer = new SerialObserver(observer);
        this.clock = clock;
    }

    /// <summary>Runs all stages. The same settings and inputs give the same results, however often it was cut off.</summary>
    /// <exception cref="OperationCanceledException">With the given token; everything finished so far is kept.</exception>
    /// <exception cref="OdmException">A stage failed, or the disk did.</exception>
    public IReadOnlyDictionary<string, StageOutput> Run(
        IReadOnlyList<IStage> stages, RunSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stages);
        ArgumentNullException.ThrowIfNull(settings);
        var meter = new ProgressMeter(stages, observer);
        var computedNow = new ConcurrentDictionary<(string Stage, ContentKey Key), bool>();
        var setAside = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            store.RemovePartials();
            while (true)
            {
                try
                {
                    return RunOnce(stages, settings, meter, computedNow, cancellationToken);
                }
                catch (DamagedCheckpointException damage) when (setAside.Add(damage.Path))
                {
                    // Found only while it was read; plan again without it.
                    SetAside(damage);
                }
                catch (DamagedCheckpointException damage)
                {
                    throw new OdmException(ErrorKind.Internal, $"{damage.Message}, again after it was computed anew.", damage);
                }
            }
        }
        catch (IOException exception)
        {
            throw OdmException.OfDisk(exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new OdmException(ErrorKind.Storage, $"A file cannot be used: {exception.Message}", exception);
        }
    }

    private Dictionary<string, StageOutput> RunOnce(
        IReadOnlyList<IStage> stages,
        RunSettings settings,
        ProgressMeter meter,
        ConcurrentDictionary<(string Stage, ContentKey Key), bool> computedNow,
        CancellationToken cancellationToken)
    {
        var outputs = new Dictionary<string, StageOutput>(StringComparer.Ordinal);
        foreach (IStage stage in stages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            StageInfo info = stage.Info;
            long start = clock.GetTimestamp();
            DateTimeOffset startedAt = clock.GetUtcNow();
            var context = new StageContext(info, settings, store, observer, outputs);
            StagePlan plan = stage.Plan(context);
            WorkUnit[] units = WithKeys(info, context, plan);
            var output = new StageOutput(store, info.Name, units);
            context.BeginUnits(output);

            bool anew = settings.Recompute.Contains(info.Name);
            bool IsKept(ContentKey key) => (!anew || computedNow.ContainsKey((info.Name, key))) && IsWhole(info.Name, key);
            bool[] kept = new bool[units.Length];
            Parallel.For(
                0,
                units.Length,
                new ParallelOptions { MaxDegreeOfParallelism = settings.Parallelism, CancellationToken = cancellationToken },
                i => kept[i] = IsKept(units[i].Key));
            WorkUnit[] missing = [.. units.Where((_, i) => !kept[i])];
            double unitCost = units.Sum(unit => unit.Cost);
            ContentKey summaryKey = SummaryKeyOf(info, context, plan, units);
            SummaryRecord? record = missing.Length == 0 && IsKept(summaryKey) ? ReadRecord(info.Name, summaryKey) : null;
            bool reduce = record is null || !record.Artefacts.All(store.Holds);
            double keptCost = unitCost - missing.Sum(unit => unit.Cost) + (reduce ? 0 : plan.ReduceCost);
            meter.Begin(info.Name, unitCost + plan.ReduceCost, keptCost, units.Length, units.Length - missing.Length);
            observer.StageStarted(info, units.Length, units.Length - missing.Length);

            var scheduler = new UnitScheduler(settings.Parallelism, settings.MemoryBudgetBytes);
            scheduler.Run(
                missing,
                (unit, token) =>
                {
                    stage.Execute(unit, context, token);
                    if (!store.IsPresent(info.Name, unit.Key))
                    {
                        throw new OdmException(ErrorKind.Internal, $"Stage {info.Name} left no checkpoint for '{unit.Name}'.");
                    }

                    computedNow[(info.Name, unit.Key)] = true;
                    meter.Add(unit.Cost);
                    settings.AfterUnit();
                },
                cancellationToken);

            if (reduce)
            {
                record = Reduce(stage, context, summaryKey, start, cancellationToken);
                computedNow[(info.Name, summaryKey)] = true;
            }
            else
            {
                foreach (ToldLine line in record!.Messages)
                {
                    observer.Message(line.IsWarning ? MessageLevel.Warning : MessageLevel.Info, line.Text);
                }
            }

            output.Complete(summaryKey, record!.Artefacts);
            outputs[info.Name] = output;
            meter.End();
            if (reduce)
            {
                settings.AfterStage();
            }

            double seconds = clock.GetElapsedTime(start).TotalSeconds;
            observer.StageFinished(info, new StageResult(units.Length, missing.Length, seconds, record.Seconds, startedAt));
        }

        return outputs;
    }

    private static WorkUnit[] WithKeys(StageInfo info, StageContext context, StagePlan plan)
    {
        using var builder = new KeyBuilder();
        var units = new WorkUnit[plan.Units.Count];
        for (int i = 0; i < units.Length; i++)
        {
            WorkUnit unit = plan.Units[i];
            builder.Add("unit").Add(info.Name).Add(info.CodeVersion).Add(context.Options.Canonical).Add(unit.Name).Add(unit.Inputs.Count);
            foreach (ContentKey input in unit.Inputs)
            {
                builder.Add(input);
            }

            units[i] = unit with { Key = builder.ToKey() };
        }

        return units;
    }

    private static ContentKey SummaryKeyOf(StageInfo info, StageContext context, StagePlan plan, WorkUnit[] units)
    {
        using var builder = new KeyBuilder();
        builder.Add(SummaryUnit).Add(info.Name).Add(info.CodeVersion).Add(context.Options.Canonical).Add(units.Length);
        foreach (WorkUnit unit in units)
        {
            builder.Add(unit.Name).Add(unit.Key);
        }

        builder.Add(plan.ReduceInputs.Count);
        foreach (ContentKey input in plan.ReduceInputs)
        {
            builder.Add(input);
        }

        return builder.ToKey();
    }

    private SummaryRecord Reduce(IStage stage, StageContext context, ContentKey key, long start, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using CheckpointWriter writer = store.Create(stage.Info.Name, key, SummaryUnit, stage.Info.CodeVersion);
        context.BeginReduce(writer);
        stage.Reduce(context, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var record = new SummaryRecord(clock.GetElapsedTime(start).TotalSeconds, [.. context.Artefacts], [.. context.Told]);
        using (Stream section = writer.Section(RecordSection, pack: false))
        {
            JsonSerializer.Serialize(section, record, CheckpointJson.Default.SummaryRecord);
        }

        writer.Commit();
        return record;
    }

    private SummaryRecord ReadRecord(string stage, ContentKey key) => store.Open(stage, key)
        .Read(RecordSection, section => JsonSerializer.Deserialize(section, CheckpointJson.Default.SummaryRecord)!);

    private bool IsWhole(string stage, ContentKey key)
    {
        try
        {
            return store.IsPresent(stage, key);
        }
        catch (DamagedCheckpointException damage)
        {
            SetAside(damage);
            return false;
        }
    }

    private void SetAside(DamagedCheckpointException damage)
    {
        observer.Message(MessageLevel.Warning, $"{damage.Message}. It is set aside and computed again.");
        store.SetAside(damage.Path);
    }
}
