namespace OdmNode.UnitTests.Geospatial;

/// <summary>A folder that is removed with everything in it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("odmnode-geospatial-");

    public string this[string name] => Path.Combine(folder.FullName, name);

    public string[] Files() => [.. folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];

    public void Dispose() => folder.Delete(recursive: true);
}
