namespace OdmNode.Geospatial.Elevation;

/// <summary>How points become heights.</summary>
public sealed record ElevationOptions
{
    /// <summary>Typical distance of neighbouring points in plan, metres; see <see cref="CloudDensity"/>.</summary>
    public required double PointSpacingMetres { get; init; }

    /// <summary>Noise of a point's height, metres, one sigma: 1 to 2 ground sampling distances of the depth maps.</summary>
    public required double HeightNoiseMetres { get; init; }

    /// <summary>Search radius of the first pass, in point spacings.</summary>
    public double FirstRadius { get; init; } = 1.7;

    /// <summary>Passes; each widens the radius by √2 for cells that have too few points: ODM's <c>dem-gapfill-steps</c>.</summary>
    public int GapFillSteps { get; init; } = 3;

    /// <summary>Fewest points that make a measured height.</summary>
    public int MinimumPoints { get; init; } = 3;

    /// <summary>Distance around a tile within which points can change its cells, metres.</summary>
    public double MarginMetres => PointSpacingMetres * (FirstRadius * Math.Pow(Math.Sqrt(2), Math.Max(0, GapFillSteps - 1)) + 1);
}
