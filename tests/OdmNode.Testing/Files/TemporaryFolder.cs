namespace OdmNode.Testing.Files;

/// <summary>A new, empty folder that goes away with its owner.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Root = Directory.CreateTempSubdirectory("odmnode-test-").FullName;

    /// <summary>Its absolute path.</summary>
    public string Root { get; }

    /// <summary>The path of something in it.</summary>
    public string PathOf(params string[] names) => Path.Combine([Root, .. names]);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A folder left behind is no reason to fail a test that has passed.
        }
    }
}
