using OdmNode.Pipeline.Stages;

namespace OdmNode.Pipeline.Running;

/// <summary>Lets one call through at a time.</summary>
internal sealed class SerialObserver(IRunObserver inner) : IRunObserver
{
    private readonly Lock gate = new();

    public void StageStarted(StageInfo stage, int units, int present)
    {
        lock (gate)
        {
            inner.StageStarted(stage, units, present);
        }
    }

    public void StageFinished(StageInfo stage, StageResult result)
    {
        lock (gate)
        {
            inner.StageFinished(stage, result);
        }
    }

    public void Message(MessageLevel level, string text)
    {
        lock (gate)
        {
            inner.Message(level, text);
        }
    }

    public void Progress(RunProgress progress)
    {
        lock (gate)
        {
            inner.Progress(progress);
        }
    }
}
