using OdmNode.Pipeline.Stages;

namespace OdmNode.Pipeline.Running;

/// <summary>Hears how a run goes on. Called from several threads, never at the same time.</summary>
public interface IRunObserver
{
    /// <param name="stage">The stage that begins.</param>
    /// <param name="units">How many units it has.</param>
    /// <param name="present">How many of them are kept from before.</param>
    void StageStarted(StageInfo stage, int units, int present);

    void StageFinished(StageInfo stage, StageResult result);

    void Message(MessageLevel level, string text);

    void Progress(RunProgress progress);
}
