using System.Text.Json.Serialization;

namespace OdmNode.Pipeline.Checkpoints;

/// <summary>First part of a checkpoint: says to a person and to the reader whose it is.</summary>
internal sealed record CheckpointHeader(string Stage, string Unit, int CodeVersion, string Key);

/// <summary>Last part of a checkpoint.</summary>
internal sealed record CheckpointIndex(IReadOnlyList<SectionEntry> Sections);

/// <summary>Where a section lies.</summary>
/// <param name="Name">Unique in the checkpoint.</param>
/// <param name="Offset">From the start of the file, bytes.</param>
/// <param name="StoredLength">Bytes in the file.</param>
/// <param name="Length">Bytes when unpacked.</param>
/// <param name="Packed">Held as one LZ4 frame.</param>
internal sealed record SectionEntry(string Name, long Offset, long StoredLength, long Length, bool Packed);

/// <summary>The section that the runner adds to a stage's summary.</summary>
/// <param name="Seconds">Wall time of the run that completed the stage.</param>
/// <param name="Artefacts">Files delivered.</param>
/// <param name="Messages">Lines told while reducing; a run that keeps the stage tells them again.</param>
internal sealed record SummaryRecord(double Seconds, IReadOnlyList<ArtefactRecord> Artefacts, IReadOnlyList<ToldLine> Messages);

/// <summary>A line that the user was told.</summary>
internal sealed record ToldLine(bool IsWarning, string Text);

[JsonSerializable(typeof(CheckpointHeader))]
[JsonSerializable(typeof(CheckpointIndex))]
[JsonSerializable(typeof(SummaryRecord))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
