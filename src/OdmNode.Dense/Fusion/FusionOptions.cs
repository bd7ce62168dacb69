namespace OdmNode.Dense.Fusion;

/// <summary>How depth maps become one cloud.</summary>
public sealed record FusionOptions
{
    /// <summary>Edge of the cubes of which each holds one point, metres; about the median <see cref="MapFootprint.PixelMetres"/> of the survey.</summary>
    public required double SpacingMetres { get; init; }

    /// <summary>Photos that must agree on a point.</summary>
    public int MinViews { get; init; } = 2;
}
