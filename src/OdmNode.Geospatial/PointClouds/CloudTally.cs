namespace OdmNode.Geospatial.PointClouds;

/// <summary>Counts the values of all fields of a cloud while its points go by.</summary>
public sealed class CloudTally
{
    private readonly long[] classes = new long[256];
    private readonly long[] views = new long[256];
    private readonly long[] red = new long[256];
    private readonly long[] green = new long[256];
    private readonly long[] blue = new long[256];
    private LasPoint first;
    private AxisSum east;
    private AxisSum north;
    private AxisSum up;
    private LasBounds bounds = new();

    public long Count { get; private set; }

    /// <summary>How many points each LAS class has; 256 values.</summary>
    public IReadOnlyList<long> Classes => classes;

    /// <summary>In steps of the scale.</summary>
    internal LasBounds Bounds => bounds;

    /// <summary>The corners of the box around the points, full map coordinates in metres.</summary>
    public (double[] Low, double[] High) Box(LasOptions options) => bounds.InMap(options);

    /// <summary>All fields of LAS point format 2 in their order.</summary>
    public IReadOnlyList<DimensionStatistics> Dimensions(LasOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (double[] low, double[] high) = Box(options);
        return
        [
            east.In("X", Count, first.X, options.Scale, options.OffsetEast, low[0], high[0]),
            north.In("Y", Count, first.Y, options.Scale, options.OffsetNorth, low[1], high[1]),
            up.In("Z", Count, first.Z, options.Scale, 0, low[2], high[2]),
            DimensionStatistics.Constant("Intensity", Count, 0),
            DimensionStatistics.Constant("ReturnNumber", Count, 1),
            DimensionStatistics.Constant("NumberOfReturns", Count, 1),
            DimensionStatistics.Constant("ScanDirectionFlag", Count, 0),
            DimensionStatistics.Constant("EdgeOfFlightLine", Count, 0),
            DimensionStatistics.OfBytes("Classification", classes),
            DimensionStatistics.Constant("ScanAngleRank", Count, 0),
            DimensionStatistics.OfBytes("UserData", views),
            DimensionStatistics.Constant("PointSourceId", Count, 0),
            DimensionStatistics.OfBytes("Red", red),
            DimensionStatistics.OfBytes("Green", green),
            DimensionStatistics.OfBytes("Blue", blue),
        ];
    }

    internal void Add(in LasPoint point)
    {
        if (Count++ == 0)
        {
            first = point;
        }

        bounds.Add(point);
        east.Add(point.X - (long)first.X);
        north.Add(point.Y - (long)first.Y);
        up.Add(point.Z - (long)first.Z);
        classes[point.Class]++;
        views[point.Views]++;
        red[(byte)point.Red]++;
        green[(byte)point.Green]++;
        blue[(byte)point.Blue]++;
    }

    /// <summary>Sums of steps from the first point, so that full map coordinates do not eat up the digits of the variance.</summary>
    private struct AxisSum
    {
        private long sum;
        private double squares;

        public void Add(long steps)
        {
            sum += steps;
            squares += (double)steps * steps;
        }

        public readonly DimensionStatistics In(string name, long count, int first, double scale, double offset, double minimum, double maximum)
        {
            double mean = (double)sum / count;
            double variance = count > 1 ? Math.Max(0, (squares - (mean * sum)) / (count - 1)) : 0;
            return new DimensionStatistics(
                name, count, minimum, maximum, ((first + mean) * scale) + offset, variance * scale * scale);
        }
    }
}
