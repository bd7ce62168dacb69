namespace OdmNode.WebOdm.Files;

/// <summary>Something that can be downloaded by name.</summary>
/// <param name="Name">In the address and in <c>available_assets</c>.</param>
/// <param name="Path">File or folder within the results; null for the whole archive.</param>
/// <param name="IsFolder">True for a folder, which is sent as an archive of paths relative to it.</param>
public sealed record WebAsset(string Name, string? Path, bool IsFolder = false)
{
    /// <summary>A file at the top of the folder that the archive leaves out.</summary>
    public string? Without { get; init; }
}
