using OdmNode.Pipeline.Stages;

namespace OdmNode.Pipeline.Running;

/// <summary>Turns finished units into a fraction of the whole run that never falls.</summary>
internal sealed class ProgressMeter
{
    private readonly Lock gate = new();
    private readonly IRunObserver observer;
    private readonly Dictionary<string, double> startOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> shareOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> keptOf = new(StringComparer.Ordinal);
    private double highest;
    private string stage = "";
    private double doneCost;
    private double totalCost = 1;
    private int unitsDone;
    private int unitsPlanned;

    public ProgressMeter(IReadOnlyList<IStage> stages, IRunObserver observer)
    {
        this.observer = observer;
        double sum = stages.Sum(s => s.Info.Weight);
        double start = 0;
        foreach (StageInfo info in stages.Select(s => s.Info))
        {
            startOf[info.Name] = start;
            shareOf[info.Name] = info.Weight / sum;
            start += info.Weight / sum;
        }
    }

    /// <summary>A stage begins, with some of its units there from before.</summary>
    /// <param name="name">The stage.</param>
    /// <param name="cost">Of all its units and of its reduction.</param>
    /// <param name="keptCost">Of what is there already.</param>
    /// <param name="units">Number of its units.</param>
    /// <param name="kept">How many of them are there already.</param>
    public void Begin(string name, double cost, double keptCost, int units, int kept)
    {
        lock (gate)
        {
            stage = name;
            totalCost = Math.Max(cost, double.Epsilon);
            doneCost = keptCost;
            (unitsDone, unitsPlanned) = (kept, units);

            // A stage that is planned again after damage keeps what this run itself computed: that part is not kept from before.
            keptOf.TryAdd(name, shareOf[name] * Math.Clamp(keptCost / totalCost, 0, 1));
            Report();
        }
    }

    /// <summary>A unit is finished.</summary>
    public void Add(double cost)
    {
        lock (gate)
        {
            doneCost += cost;
            unitsDone++;
            Report();
        }
    }

    public void End()
    {
        lock (gate)
        {
            doneCost = totalCost;
            Report();
        }
    }

    private void Report()
    {
        double fraction = startOf[stage] + (shareOf[stage] * Math.Clamp(doneCost / totalCost, 0, 1));
        highest = Math.Clamp(Math.Max(highest, fraction), 0, 1);
        observer.Progress(new RunProgress(highest, Math.Min(keptOf.Values.Sum(), highest), stage, unitsDone, unitsPlanned));
    }
}
