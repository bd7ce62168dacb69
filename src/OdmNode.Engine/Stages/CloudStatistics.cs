using OdmNode.Geospatial.Elevation;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Extent and density of a cloud; those of tiles add up.</summary>
public sealed record CloudStatistics
{
    public static readonly CloudStatistics Empty = new() { Count = 0, Minimum = [], Maximum = [], Sum = [0, 0, 0] };

    public required long Count { get; init; }

    /// <summary>East, north, up, metres; empty without points.</summary>
    public required double[] Minimum { get; init; }

    /// <inheritdoc cref="Minimum"/>
    public required double[] Maximum { get; init; }

    /// <summary>Sums of the coordinates.</summary>
    public required double[] Sum { get; init; }

    public long DensityCells { get; init; }

    public double DensityCellMetres { get; init; }

    /// <summary>Edge of the square that belongs to one point, metres; 0 without points.</summary>
    public double SpacingMetres => new CloudDensity(Count, DensityCells, DensityCellMetres).SpacingMetres ?? 0;

    /// <summary>Points on each square metre of those that have any; 0 without points.</summary>
    public double DensityPerSquareMetre => DensityCells == 0 ? 0 : Count / (DensityCells * DensityCellMetres * DensityCellMetres);

    public static CloudStatistics Of(PointCloud cloud, CloudDensity density)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        if (cloud.Count == 0)
        {
            return Empty;
        }

        double[] origin = [cloud.Origin.X, cloud.Origin.Y, cloud.Origin.Z];
        double[] minimum = [double.MaxValue, double.MaxValue, double.MaxValue];
        double[] maximum = [double.MinValue, double.MinValue, double.MinValue];
        double[] sum = [0, 0, 0];
        for (int i = 0; i < cloud.Positions.Length; i++)
        {
            int axis = i % 3;
            double value = origin[axis] + cloud.Positions[i];
            minimum[axis] = Math.Min(minimum[axis], value);
            maximum[axis] = Math.Max(maximum[axis], value);
            sum[axis] += value;
        }

        return new CloudStatistics
        {
            Count = cloud.Count,
            Minimum = minimum,
            Maximum = maximum,
            Sum = sum,
            DensityCells = density.Cells,
            DensityCellMetres = density.CellMetres,
        };
    }

    public CloudStatistics Plus(CloudStatistics other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Count == 0 || other.Count == 0)
        {
            return Count == 0 ? other : this;
        }

        return new CloudStatistics
        {
            Count = Count + other.Count,
            Minimum = [.. Minimum.Zip(other.Minimum, Math.Min)],
            Maximum = [.. Maximum.Zip(other.Maximum, Math.Max)],
            Sum = [.. Sum.Zip(other.Sum, (a, b) => a + b)],
            DensityCells = DensityCells + other.DensityCells,
            DensityCellMetres = DensityCellMetres,
        };
    }
}
