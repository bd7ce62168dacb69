namespace OdmNode.Pipeline.Checkpoints;

/// <summary>A file that a stage delivered.</summary>
/// <param name="Path">Relative to the project, with forward slashes.</param>
/// <param name="Length">Bytes.</param>
/// <param name="ModifiedTicks">Time of last change (UTC ticks) when it was delivered; equal time and length pass for equal content.</param>
/// <param name="Hash">XxHash128 of the content, hexadecimal; decides when the time differs.</param>
public sealed record ArtefactRecord(string Path, long Length, long ModifiedTicks, string Hash);
