namespace OdmNode.WebOdm.Files;

/// <summary>A file that a task holds whole.</summary>
/// <param name="Name">Without folders.</param>
/// <param name="Size">Bytes.</param>
public sealed record StoredFile(string Name, long Size);
