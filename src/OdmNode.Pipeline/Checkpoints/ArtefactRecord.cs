namespace OdmNode.Pipeline.Checkpoints;

/// <summary>A file that a stage delivered, or a folder of files that belong together.</summary>
/// <param name="Path">Relative to the project, with forward slashes; that of a folder ends in one.</param>
/// <param name="Length">Bytes, of a folder those of all its files.</param>
/// <param name="ModifiedTicks">Time of last change (UTC ticks) when it was delivered, of a folder the latest of its files; equal time and length pass for equal content.</param>
/// <param name="Hash">XxHash128 of the content, of a folder that of the names and contents of its files, hexadecimal; decides when the time differs.</param>
public sealed record ArtefactRecord(string Path, long Length, long ModifiedTicks, string Hash);
