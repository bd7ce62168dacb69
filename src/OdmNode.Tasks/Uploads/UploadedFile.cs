namespace OdmNode.Tasks.Uploads;

/// <summary>A file that an upload holds whole.</summary>
/// <param name="Name">The stored name.</param>
/// <param name="Size">Bytes.</param>
/// <param name="XxHash128">XxHash128 of the content, 32 lower-case hex digits.</param>
public sealed record UploadedFile(string Name, long Size, string XxHash128);
