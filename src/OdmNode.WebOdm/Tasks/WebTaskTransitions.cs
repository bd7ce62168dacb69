namespace OdmNode.WebOdm.Tasks;

/// <summary>Every legal transition of a task; whatever is not listed is refused.</summary>
public static class WebTaskTransitions
{
    private static readonly Dictionary<(WebTaskStage From, WebTaskEvent Event), WebTaskStage> Table = Build();

    /// <returns>The stage after the event; null when the event is not legal in this stage.</returns>
    public static WebTaskStage? After(WebTaskStage stage, WebTaskEvent taskEvent) =>
        Table.TryGetValue((stage, taskEvent), out var next) ? next : null;

    private static Dictionary<(WebTaskStage, WebTaskEvent), WebTaskStage> Build()
    {
        var table = new Dictionary<(WebTaskStage, WebTaskEvent), WebTaskStage>
        {
            [(WebTaskStage.Draft, WebTaskEvent.Committed)] = WebTaskStage.Waiting,
            [(WebTaskStage.Waiting, WebTaskEvent.Assigned)] = WebTaskStage.Sending,
            [(WebTaskStage.Sending, WebTaskEvent.Accepted)] = WebTaskStage.Accepted,
            [(WebTaskStage.Sending, WebTaskEvent.Failed)] = WebTaskStage.Failed,
            [(WebTaskStage.Sending, WebTaskEvent.Detached)] = WebTaskStage.Waiting,
            [(WebTaskStage.Fetching, WebTaskEvent.ResultsReady)] = WebTaskStage.Completed,
            [(WebTaskStage.Fetching, WebTaskEvent.Failed)] = WebTaskStage.Failed,
        };
        foreach (var stage in (WebTaskStage[])[WebTaskStage.Accepted, WebTaskStage.Queued, WebTaskStage.Running])
        {
            table[(stage, WebTaskEvent.SeenQueued)] = WebTaskStage.Queued;
            table[(stage, WebTaskEvent.SeenRunning)] = WebTaskStage.Running;
            table[(stage, WebTaskEvent.NodeCompleted)] = WebTaskStage.Fetching;
            table[(stage, WebTaskEvent.Failed)] = WebTaskStage.Failed;
        }

        table[(WebTaskStage.Accepted, WebTaskEvent.Detached)] = WebTaskStage.Waiting;
        table[(WebTaskStage.Queued, WebTaskEvent.Detached)] = WebTaskStage.Waiting;
        foreach (var stage in Enum.GetValues<WebTaskStage>())
        {
            table[(stage, WebTaskEvent.Canceled)] = WebTaskStage.Canceled;
        }

        // A restart of a task that is on its way, or at work, stops it first.
        foreach (var stage in Enum.GetValues<WebTaskStage>())
        {
            table[(stage, WebTaskEvent.RestartedOnNode)] = WebTaskStage.Accepted;
            table[(stage, WebTaskEvent.RestartedAnew)] = WebTaskStage.Waiting;
        }

        // A restart that finds no node to go to.
        table[(WebTaskStage.Waiting, WebTaskEvent.Failed)] = WebTaskStage.Failed;
        table[(WebTaskStage.Draft, WebTaskEvent.Failed)] = WebTaskStage.Failed;
        foreach (var stage in (WebTaskStage[])[WebTaskStage.Failed, WebTaskStage.Completed, WebTaskStage.Canceled])
        {
            table[(stage, WebTaskEvent.Failed)] = WebTaskStage.Failed;
        }

        return table;
    }
}
