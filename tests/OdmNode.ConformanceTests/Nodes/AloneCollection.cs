namespace OdmNode.ConformanceTests.Nodes;

/// <summary>Tests that measure times, or need a port that only one daemon of a machine can have: nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
