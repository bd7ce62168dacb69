using OdmNode.Tasks.Lifecycle;

namespace OdmNode.UnitTests.Tasks;

public sealed class TaskTransitionsTests
{
    private static readonly TaskEvent[] Events = Enum.GetValues<TaskEvent>();

    [Fact]
    public void Every_state_that_can_be_reached_is_one_of_eight()
    {
        var states = Reachable();

        Assert.Equal(
            new HashSet<TaskState>
            {
                TaskState.Accepted,
                new(NodeTaskStatus.Canceled, TaskPhase.Initialising),
                new(NodeTaskStatus.Queued, TaskPhase.Waiting),
                new(NodeTaskStatus.Running, TaskPhase.Processing),
                new(NodeTaskStatus.Running, TaskPhase.Packing),
                new(NodeTaskStatus.Failed, TaskPhase.Ended),
                new(NodeTaskStatus.Completed, TaskPhase.Ended),
                new(NodeTaskStatus.Canceled, TaskPhase.Ended),
            },
            states);
    }

    [Fact]
    public void An_ended_task_leaves_its_state_by_cancel_and_restart_alone()
    {
        foreach (var state in Reachable().Where(state => state.Phase == TaskPhase.Ended))
        {
            Assert.Equal([TaskEvent.Canceled, TaskEvent.Restarted], Events.Where(e => TaskTransitions.After(state, e) is not null));
        }
    }

    [Fact]
    public void Cancel_is_legal_in_every_state_and_always_shows_50()
    {
        foreach (var state in Reachable())
        {
            Assert.Equal(NodeTaskStatus.Canceled, TaskTransitions.After(state, TaskEvent.Canceled)!.Value.Status);
        }
    }

    [Fact]
    public void Restart_is_refused_while_queued_or_running()
    {
        foreach (var state in Reachable())
        {
            Assert.Equal(state.IsPending, TaskTransitions.After(state, TaskEvent.Restarted) is null);
        }
    }

    [Fact]
    public void Only_packing_leads_to_completion() =>
        Assert.Equal(
            [new TaskState(NodeTaskStatus.Running, TaskPhase.Packing)],
            Reachable().Where(state => TaskTransitions.After(state, TaskEvent.Completed) is not null));

    private static HashSet<TaskState> Reachable()
    {
        var states = new HashSet<TaskState> { TaskState.Accepted };
        var open = new Queue<TaskState>(states);
        while (open.TryDequeue(out var state))
        {
            foreach (var next in Events.Select(e => TaskTransitions.After(state, e)).OfType<TaskState>().Where(states.Add))
            {
                open.Enqueue(next);
            }
        }

        return states;
    }
}
