using OdmNode.WebOdm.Tasks;

namespace OdmNode.UnitTests.WebOdm;

public sealed class WebTaskTransitionsTests
{
    private static readonly WebTaskStage[] Stages = Enum.GetValues<WebTaskStage>();
    private static readonly WebTaskEvent[] Events = Enum.GetValues<WebTaskEvent>();

    [Fact]
    public void Every_stage_can_be_reached()
    {
        var reached = new HashSet<WebTaskStage> { WebTaskStage.Draft };
        for (var before = 0; before < reached.Count;)
        {
            before = reached.Count;
            reached.UnionWith(reached.ToList().SelectMany(stage => Events.Select(e => WebTaskTransitions.After(stage, e))).OfType<WebTaskStage>());
        }

        Assert.Equal(Stages.Order(), reached.Order());
    }

    [Fact]
    public void An_ended_task_leaves_its_stage_by_request_alone()
    {
        foreach (var stage in Stages.Where(stage => stage.HasEnded()))
        {
            var leaving = Events.Where(e => WebTaskTransitions.After(stage, e) is { } next && next != stage && !next.HasEnded());
            Assert.Equal([WebTaskEvent.RestartedOnNode, WebTaskEvent.RestartedAnew], leaving);
        }
    }

    [Fact]
    public void Cancel_is_legal_everywhere_and_shows_50() =>
        Assert.All(Stages, stage => Assert.Equal(50, WebTaskTransitions.After(stage, WebTaskEvent.Canceled)!.Value.Status()));

    [Fact]
    public void Completion_goes_through_fetching() =>
        Assert.Equal([WebTaskStage.Fetching], Stages.Where(stage => Events.Any(e => e != WebTaskEvent.Canceled && WebTaskTransitions.After(stage, e) == WebTaskStage.Completed)));
}
