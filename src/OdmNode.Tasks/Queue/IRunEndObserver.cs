using OdmNode.Tasks.Lifecycle;

namespace OdmNode.Tasks.Queue;

/// <summary>Hears of every run that ended: completed, failed, or cancelled while it was processed.</summary>
public interface IRunEndObserver
{
    /// <summary>Called once for each run, before its end is written to the database, so that a kill in between tells it twice and never not at all.</summary>
    /// <param name="record">The task as it ended.</param>
    void RunEnded(TaskRecord record);
}
