using OdmNode.Core.Identity;
using OdmNode.Tasks.Webhooks;

namespace OdmNode.UnitTests.Tasks.Webhooks;

public sealed class WebhookQueueTests
{
    private readonly WebhookQueue _queue = new();

    [Fact]
    public void Six_attempts_follow_each_other_at_0_0_5_15_30_and_50_seconds()
    {
        var call = Add("http://127.0.0.1:1/a", 0);
        var begun = new List<double>();
        for (var now = 0.0; begun.Count < WebhookQueue.MaxAttempts; now = _queue.NextDue(Seconds(now))?.TotalSeconds ?? now)
        {
            Assert.Same(call, Assert.Single(_queue.TakeDue(Seconds(now))));
            begun.Add(now);
            _queue.Postpone(call, Seconds(now));
        }

        Assert.Equal([0, 0, 5, 15, 30, 50], begun);
    }

    [Fact]
    public void A_call_from_an_earlier_life_keeps_the_wait_that_its_failures_have_earned()
    {
        var call = new WebhookCall { Row = 1, Task = TaskId.New(), Target = new Uri("http://127.0.0.1:1/"), Body = [], Attempts = 4 };
        _queue.Add(call, Seconds(100));

        Assert.Empty(_queue.TakeDue(Seconds(114.9)));
        Assert.Same(call, Assert.Single(_queue.TakeDue(Seconds(115))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_second_call_of_a_task_begins_when_the_first_has_been_tried(bool isDelivered)
    {
        var task = TaskId.New();
        var first = Add("http://127.0.0.1:1/own", 0, task);
        var second = Add("http://127.0.0.1:2/daemon", 0, task);
        Assert.Equal([first], _queue.TakeDue(Seconds(0)));

        if (isDelivered)
        {
            _queue.Remove(first, Seconds(1));
        }
        else
        {
            _queue.Postpone(first, Seconds(1));
        }

        Assert.Same(second, _queue.TakeDue(Seconds(1))[0]);
    }

    [Fact]
    public void The_second_call_of_a_task_does_not_wait_longer_than_five_seconds_for_a_silent_target()
    {
        var task = TaskId.New();
        Add("http://127.0.0.1:1/own", 0, task);
        var second = Add("http://127.0.0.1:2/daemon", 0, task);
        _queue.TakeDue(Seconds(0));

        Assert.Equal(Seconds(5), _queue.NextDue(Seconds(0)));
        Assert.Empty(_queue.TakeDue(Seconds(4.9)));
        Assert.Equal([second], _queue.TakeDue(Seconds(5)));
    }

    [Fact]
    public void A_silent_host_holds_up_two_calls_and_nobody_else()
    {
        var silent = Enumerable.Range(0, 40).Select(_ => Add("http://127.0.0.1:1/dead", 0)).ToList();
        var other = Add("http://127.0.0.1:2/alive", 0);

        Assert.Equal([silent[0], silent[1], other], _queue.TakeDue(Seconds(0)));
        _queue.Remove(silent[0], Seconds(30));
        Assert.Equal([silent[2]], _queue.TakeDue(Seconds(30)));
    }

    [Fact]
    public void At_most_sixteen_calls_run_at_once()
    {
        for (var port = 1; port <= 20; port++)
        {
            Add($"http://127.0.0.1:{port}/", 0);
        }

        Assert.Equal(16, _queue.TakeDue(Seconds(0)).Count);
        Assert.Empty(_queue.TakeDue(Seconds(1)));
        Assert.Equal(20, _queue.Count);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private WebhookCall Add(string target, double now, TaskId? task = null)
    {
        var call = new WebhookCall { Row = null, Task = task ?? TaskId.New(), Target = new Uri(target), Body = [] };
        _queue.Add(call, Seconds(now));
        return call;
    }
}
