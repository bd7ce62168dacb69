namespace OdmNode.Sfm;

/// <summary>What happened on the way to a reconstruction.</summary>
public sealed record SfmStatistics
{
    /// <summary>Tracks of two photos or more that the matches gave.</summary>
    public required int InitialTracks { get; init; }

    /// <summary>Observations in those tracks.</summary>
    public required int InitialObservations { get; init; }

    /// <summary>Parts that tie points do not join, before they were merged or dropped.</summary>
    public required int Components { get; init; }

    /// <summary>Adjustments of the whole block or a part of it.</summary>
    public required int Adjustments { get; init; }

    /// <summary>Iterations of all adjustments.</summary>
    public required int AdjustmentIterations { get; init; }

    /// <summary>Standard deviation of one image coordinate, full-size pixels, as estimated from the residuals.</summary>
    public required double PixelSigma { get; init; }
}
