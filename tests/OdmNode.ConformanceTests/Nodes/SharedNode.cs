using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.Nodes;

/// <summary>One daemon for all tests of a class. Its data folder lies alone in another one, so that whatever appears beside it has escaped.</summary>
public class SharedNode : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly string[] _arguments;

    public SharedNode()
        : this("-q", "4")
    {
    }

    protected SharedNode(params string[] arguments) => _arguments = arguments;

    public NodeProcess Node { get; private set; } = null!;

    /// <summary>The folder that holds the data folder and nothing else.</summary>
    public string Surroundings => _folder.Root;

    public virtual async Task InitializeAsync() => Node = await NodeProcess.StartAsync(_folder.PathOf("data"), _arguments);

    public virtual async Task DisposeAsync()
    {
        await Node.DisposeAsync();
        _folder.Dispose();
    }
}
