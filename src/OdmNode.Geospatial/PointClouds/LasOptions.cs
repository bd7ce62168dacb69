namespace OdmNode.Geospatial.PointClouds;

/// <summary>What a LAS file says about itself.</summary>
public sealed record LasOptions
{
    /// <summary>Projected CRS of the points; null in local coordinates.</summary>
    public int? EpsgCode { get; init; }

    /// <summary>Integer offset of the survey (coords.txt), metres.</summary>
    public double OffsetEast { get; init; }

    /// <inheritdoc cref="OffsetEast"/>
    public double OffsetNorth { get; init; }

    /// <summary>Metres of a step of the stored coordinates.</summary>
    public double Scale { get; init; } = 0.001;

    /// <summary>"Generating software", at most 31 characters.</summary>
    public string Software { get; init; } = "OdmNode";

    /// <summary>Mean capture time, for the day and year of the header; null leaves them 0.</summary>
    public DateTimeOffset? CaptureTime { get; init; }

    /// <summary>ODM's rule: a millimetre, or a tenth of the distance of points where that is finer.</summary>
    public static double ScaleFor(double spacingMetres) => spacingMetres > 0 ? Math.Min(0.001, spacingMetres / 10) : 0.001;
}
