using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;

namespace OdmNode.Testing.Exif;

/// <summary>What is written into a synthetic photo.</summary>
internal sealed record PhotoTags
{
    public required string Make { get; init; }

    public required string Model { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Focal length divided by the longest side of the sensor.</summary>
    public required double FocalRatio { get; init; }

    public required DateTime Time { get; init; }

    /// <summary>Null leaves the position out.</summary>
    public GeodeticPosition? Position { get; init; }

    /// <summary>Standard deviation in plan, metres.</summary>
    public double HorizontalAccuracy { get; init; }

    /// <summary>Standard deviation of the height, metres.</summary>
    public double VerticalAccuracy { get; init; }

    /// <summary>Clockwise from north to the top of the photo, degrees.</summary>
    public double YawDegrees { get; init; }

    /// <summary>East, north, up, metres a second; null leaves the speed out.</summary>
    public Vector3D? Velocity { get; init; }

    /// <summary>0 straight down, 90 to the horizon, degrees.</summary>
    public double PitchDegrees { get; init; }
}
