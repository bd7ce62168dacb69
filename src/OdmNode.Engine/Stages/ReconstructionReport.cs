using OdmNode.Sfm;

namespace OdmNode.Engine.Stages;

/// <summary>What is to be said about a reconstruction besides the reconstruction itself.</summary>
public sealed record ReconstructionReport
{
    public required SfmStatistics Result { get; init; }

    public required IReadOnlyList<UnplacedPhoto> Unplaced { get; init; }

    /// <summary>Estimated minus measured camera position by image name: east, north, up, metres.</summary>
    public required IReadOnlyDictionary<string, double[]> Residuals { get; init; }

    /// <summary>Start values of the lenses as cameras.json.</summary>
    public required string Start { get; init; }

    /// <summary>Ground sampling distance, metres; null where no photo looks down on tie points.</summary>
    public double? GsdMetres { get; init; }
}
