using OdmNode.Core.Identity;
using OdmNode.Tasks.Engines;

namespace OdmNode.UnitTests.Tasks;

public sealed class ProgressMessageTests
{
    private const string Id = "8fbba14a-c504-44cb-b081-671957e6f891";

    [Fact]
    public void Both_forms_are_read()
    {
        Assert.True(ProgressMessage.TryParsePercent($"PGUP/12/{Id}/45.5\n", out TaskId id, out double percent));
        Assert.Equal((Id, 45.5), (id.Value, percent));
        Assert.True(ProgressMessage.TryParseReport($"STEP/12/{Id}/openmvs/estimate-depth/5/18/0.5/1.25", out id, out EngineReport report));
        Assert.Equal(Id, id.Value);
        Assert.Equal(new EngineReport("openmvs", "estimate-depth", 5, 18, 0.5, 1), report);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PGUP/12/8fbba14a-c504-44cb-b081-671957e6f891")]
    [InlineData("PGUP/12/8fbba14a-c504-44cb-b081-671957e6f891/NaN")]
    [InlineData("PGUP/12/8fbba14a-c504-44cb-b081-671957e6f891/1/2")]
    [InlineData("PGUP/12/../1")]
    [InlineData("STEP/12/8fbba14a-c504-44cb-b081-671957e6f891/openmvs/<b>/5/18/0.5/0")]
    [InlineData("STEP/12/8fbba14a-c504-44cb-b081-671957e6f891/openmvs/step/-5/18/0.5/0")]
    [InlineData("STEP/12/8fbba14a-c504-44cb-b081-671957e6f891/openmvs/step/5/18/inf/0")]
    [InlineData("STEP/12/8fbba14a-c504-44cb-b081-671957e6f891//step/5/18/0.5/0")]
    public void Anything_else_is_ignored(string text)
    {
        Assert.False(ProgressMessage.TryParsePercent(text, out _, out _));
        Assert.False(ProgressMessage.TryParseReport(text, out _, out _));
    }
}
