using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.Nodes;

/// <summary>One daemon for all tests of a class.</summary>
public sealed class SharedNode : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public NodeProcess Node { get; private set; } = null!;

    public async Task InitializeAsync() => Node = await NodeProcess.StartAsync(_folder.Root, "-q", "4");

    public async Task DisposeAsync()
    {
        await Node.DisposeAsync();
        _folder.Dispose();
    }
}
