namespace OdmNode.ConformanceTests.ObjectStore;

/// <summary>Tests that look at, or change, the process that all tests share; they run when the others have ended.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
