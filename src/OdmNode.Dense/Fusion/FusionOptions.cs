namespace OdmNode.Dense.Fusion;

/// <summary>How depth maps become one cloud.</summary>
public sealed record FusionOptions
{
    /// <summary>Edge of the cubes of which each holds one point, metres; about the median <see cref="MapFootprint.PixelMetres"/> of the survey.</summary>
    public required double SpacingMetres { get; init; }

    /// <summary>Photos that must agree on a point.</summary>
    public int MinViews { get; init; } = 2;

    /// <summary>Where fewer agree, a thinner layer of such points is made, with cubes so many times as wide.</summary>
    public int UnsureSpacings { get; init; } = 2;

    /// <summary>Share of the depth by which another photo must see behind a point to speak against it.</summary>
    public double EmptyBehind { get; init; } = 0.03;

    /// <summary>The same for a point on which fewer agree than <see cref="MinViews"/>.</summary>
    public double UnsureEmptyBehind { get; init; } = 0.08;
}
