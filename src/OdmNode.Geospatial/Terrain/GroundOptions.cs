namespace OdmNode.Geospatial.Terrain;

/// <summary>What counts as ground: the parameters of the simple morphological filter.</summary>
public sealed record GroundOptions
{
    /// <summary>How much the tolerance of a point grows with the slope of the ground, metres: ODM's <c>smrf-scalar</c>.</summary>
    public double SlopeScalarMetres { get; init; } = 1.25;

    /// <summary>Steepest edge, rise over run, that still belongs to the ground: ODM's <c>smrf-slope</c>.</summary>
    public double Slope { get; init; } = 0.15;

    /// <summary>Distance from the ground up to which a point belongs to it where it is level, metres: ODM's <c>smrf-threshold</c>.</summary>
    public double ThresholdMetres { get; init; } = 0.5;

    /// <summary>Radius of the largest object that stands on the ground, metres: ODM's <c>smrf-window</c>.</summary>
    public double WindowMetres { get; init; } = 18;

    /// <summary>Noise of a height, metres, one sigma: an edge lower than that is none.</summary>
    public double NoiseMetres { get; init; } = 0.05;

    /// <summary>Check the ground against the plane of that around it, and look for points of the ground again: ODM's <c>pc-rectify</c>.</summary>
    public bool Rectify { get; init; }
}
