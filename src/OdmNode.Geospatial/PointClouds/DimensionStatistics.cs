namespace OdmNode.Geospatial.PointClouds;

/// <summary>What the values of one field of all points have in common.</summary>
/// <param name="Name">As PDAL and Entwine call the field.</param>
/// <param name="Count">Number of points.</param>
/// <param name="Minimum">Coordinates in metres, full map coordinates.</param>
/// <param name="Maximum">Coordinates in metres, full map coordinates.</param>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="Variance">Mean square difference from the mean, with n − 1.</param>
public sealed record DimensionStatistics(string Name, long Count, double Minimum, double Maximum, double Mean, double Variance)
{
    /// <summary>Square root of the variance.</summary>
    public double Deviation => Math.Sqrt(Variance);

    /// <summary>Of a field that has the same value everywhere.</summary>
    public static DimensionStatistics Constant(string name, long count, double value) => new(name, count, value, value, value, 0);

    /// <summary>Of a field of bytes.</summary>
    /// <param name="name">Of the field.</param>
    /// <param name="histogram">How many points have each value; at least one point.</param>
    public static DimensionStatistics OfBytes(string name, ReadOnlySpan<long> histogram)
    {
        long count = 0;
        double sum = 0;
        int minimum = int.MaxValue;
        int maximum = 0;
        for (int value = 0; value < histogram.Length; value++)
        {
            if (histogram[value] > 0)
            {
                count += histogram[value];
                sum += (double)value * histogram[value];
                minimum = Math.Min(minimum, value);
                maximum = value;
            }
        }

        double mean = sum / count;
        double squares = 0;
        for (int value = minimum; value <= maximum; value++)
        {
            squares += (value - mean) * (value - mean) * histogram[value];
        }

        return new DimensionStatistics(name, count, minimum, maximum, mean, count > 1 ? squares / (count - 1) : 0);
    }
}
