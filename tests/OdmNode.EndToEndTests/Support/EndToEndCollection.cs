[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace OdmNode.EndToEndTests.Support;

/// <summary>Runs use all cores: one after the other is as fast and easier to read.</summary>
[CollectionDefinition(Name)]
public sealed class EndToEndCollection : ICollectionFixture<SurveyFixture>
{
    public const string Name = "end to end";
}
