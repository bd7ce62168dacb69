using OdmNode.Core.Hashing;

namespace OdmNode.Pipeline.Stages;

/// <summary>The smallest piece of work that is kept: an image, an image pair, a ground tile, or a whole small stage.</summary>
/// <param name="Name">Unique in its stage and the same in every run.</param>
public sealed record WorkUnit(string Name)
{
    /// <summary>Everything the result depends on besides the stage's options: keys of units and summaries read, hashes of files.</summary>
    public IReadOnlyList<ContentKey> Inputs { get; init; } = [];

    /// <summary>Peak memory while it runs, bytes.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Expected duration relative to the other units of the stage.</summary>
    public double Cost { get; init; } = 1;

    /// <summary>How many cores it keeps busy by itself.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Where its result is kept. Set by the runner.</summary>
    public ContentKey Key { get; init; }
}
