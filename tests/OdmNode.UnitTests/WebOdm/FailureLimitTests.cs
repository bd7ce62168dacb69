using Microsoft.Extensions.Time.Testing;
using OdmNode.WebOdm.Accounts;

namespace OdmNode.UnitTests.WebOdm;

public sealed class FailureLimitTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Ten_failures_within_a_minute_make_one_name_from_one_address_wait()
    {
        var limit = new FailureLimit(_time);
        for (var number = 0; number < FailureLimit.MaxFailures; number++)
        {
            Assert.Null(limit.Wait("a", "x"));
            limit.Failed("a", "x");
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(TimeSpan.FromSeconds(50), limit.Wait("a", "x"));
        Assert.Null(limit.Wait("b", "x"));
        Assert.Null(limit.Wait("a", "y"));
        _time.Advance(TimeSpan.FromSeconds(51));
        Assert.Null(limit.Wait("a", "x"));
    }

    [Fact]
    public void A_success_begins_the_count_anew()
    {
        var limit = new FailureLimit(_time);
        for (var number = 0; number < FailureLimit.MaxFailures - 1; number++)
        {
            limit.Failed("a", "x");
        }

        limit.Succeeded("a", "x");
        limit.Failed("a", "x");
        Assert.Null(limit.Wait("a", "x"));
    }
}
