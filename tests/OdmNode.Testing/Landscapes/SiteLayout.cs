namespace OdmNode.Testing.Landscapes;

/// <summary>Where things lie on the ground, in plan.</summary>
internal sealed class SiteLayout
{
    /// <summary>Width of a parking bay, metres.</summary>
    public const double BayWidth = 2.5;

    /// <summary>Depth of a parking bay, metres.</summary>
    public const double BayDepth = 5;

    /// <summary>From one double row of bays to the next, metres.</summary>
    public const double BayRowSpacing = 16;

    /// <summary>Flat.</summary>
    public required PlaneZone CarPark { get; init; }

    /// <summary>Flat.</summary>
    public required PlaneZone Field { get; init; }

    /// <summary>Sloped.</summary>
    public required PlaneZone Lawn { get; init; }

    /// <summary>Northing of the road's middle line where it does not bend, metres.</summary>
    public required double RoadY { get; init; }

    /// <summary>Easting of the footpath's middle line where it does not bend, metres.</summary>
    public required double PathX { get; init; }

    /// <summary>Centres of the survey marks, east and north, metres.</summary>
    public required IReadOnlyList<(double X, double Y)> Marks { get; init; }

    public IEnumerable<PlaneZone> Zones => [CarPark, Field, Lawn];

    /// <summary>From the middle line, metres, positive to the north.</summary>
    public double DistanceToRoad(double x, double y)
    {
        double offset = y - RoadY;
        if (Math.Abs(offset) > 12)
        {
            return offset;
        }

        (double sin, double cos) = Math.SinCos(x / 40);
        return (offset - (4 * sin)) / Math.Sqrt(1 + (cos * cos * 0.01));
    }

    /// <summary>From the middle line, metres, positive to the east.</summary>
    public double DistanceToPath(double x, double y)
    {
        double offset = x - PathX;
        return Math.Abs(offset) > 9 ? offset : offset - (3 * Math.Sin(y / 17));
    }
}
