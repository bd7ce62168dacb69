using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.WebOdm;

/// <summary>A daemon with a known administrator and the engine of the fixtures.</summary>
public class WebOdmNode : SharedNode
{
    private protected static readonly string[] Known = ["--webodm-password", "admin"];

    public WebOdmNode()
        : base(["-q", "4", .. Known])
    {
    }

    protected WebOdmNode(params string[] arguments)
        : base([.. arguments, .. Known])
    {
    }
}

/// <summary>A daemon that gives every task the same, complete results at once.</summary>
public sealed class WebOdmTestNode() : WebOdmNode("--test");

/// <summary>A daemon that processes one task at a time, so that tasks queue.</summary>
public sealed class WebOdmOneSlotNode() : WebOdmNode("-q", "1");
