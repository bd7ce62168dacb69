using OdmNode.Pipeline.Stages;

namespace OdmNode.Pipeline.Running;

/// <summary>Turns finished units into a fraction of the whole run that never falls.</summary>
internal sealed class ProgressMeter
{
    private readonly Lock gate = new();
    private readonly IRunObserver observer;
    private readonly Dictionary<string, double> startOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> shareOf = new(StringComparer.Ordinal);
    private double highest;
    private string stage = "";
    private double doneCost;
    private double totalCost = 1;

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

    public void Begin(string name, double cost)
    {
        lock (gate)
        {
            stage = name;
            doneCost = 0;
            totalCost = Math.Max(cost, double.Epsilon);
            Report();
        }
    }

    public void Add(double cost)
    {
        lock (gate)
        {
            doneCost += cost;
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
        observer.Progress(highest);
    }
}
