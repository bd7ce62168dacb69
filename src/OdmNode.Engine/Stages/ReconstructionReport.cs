using OdmNode.Sfm;
using OdmNode.Sfm.Shutter;

namespace OdmNode.Engine.Stages;

/// <summary>What is to be said about a reconstruction besides the reconstruction itself.</summary>
public sealed record ReconstructionReport
{
    public required SfmStatistics Result { get; init; }

    public required IReadOnlyList<UnplacedPhoto> Unplaced { get; init; }

    /// <summary>Estimated minus measured camera position by image name: east, north, up, metres.</summary>
    public required IReadOnlyDictionary<string, double[]> Residuals { get; init; }

    /// <summary>Ground control and check points that at least two placed photos see.</summary>
    public IReadOnlyList<ControlRecord> Control { get; init; } = [];

    /// <summary>Whether control points hold the block in the map.</summary>
    public bool FollowsControl { get; init; }

    /// <summary>What the correction of the rolling shutter did; null where none took place.</summary>
    public ShutterSummary? Shutter { get; init; }

    /// <summary>Start values of the lenses as cameras.json.</summary>
    public required string Start { get; init; }

    /// <summary>Ground sampling distance, metres; null where no photo looks down on tie points.</summary>
    public double? GsdMetres { get; init; }
}
