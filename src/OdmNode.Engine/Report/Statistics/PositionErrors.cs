using OdmNode.Geometry.Linear;

namespace OdmNode.Engine.Report.Statistics;

/// <summary>Differences between estimated and given places: east, north, up, metres.</summary>
internal sealed record PositionErrors
{
    public required int Count { get; init; }

    public required Vector3D Mean { get; init; }

    /// <summary>About the mean.</summary>
    public required Vector3D Deviation { get; init; }

    public required Vector3D RootMeanSquare { get; init; }

    /// <summary>Mean distance in space.</summary>
    public required double AverageDistance { get; init; }

    /// <summary>90 % of the places are at most this far off in plan.</summary>
    public required double Ce90 { get; init; }

    /// <summary>90 % of the heights are at most this far off.</summary>
    public required double Le90 { get; init; }

    /// <returns>Null without differences.</returns>
    public static PositionErrors? Of(IReadOnlyCollection<Vector3D> differences)
    {
        if (differences.Count == 0)
        {
            return null;
        }

        Vector3D mean = MeanOf(differences, d => d);
        Vector3D squares = MeanOf(differences, d => new Vector3D(d.X * d.X, d.Y * d.Y, d.Z * d.Z));
        return new PositionErrors
        {
            Count = differences.Count,
            Mean = mean,
            Deviation = Root(squares - new Vector3D(mean.X * mean.X, mean.Y * mean.Y, mean.Z * mean.Z)),
            RootMeanSquare = Root(squares),
            AverageDistance = differences.Average(d => d.Length),
            Ce90 = Ninetieth(differences.Select(d => new Vector2D(d.X, d.Y).Length)),
            Le90 = Ninetieth(differences.Select(d => Math.Abs(d.Z))),
        };
    }

    private static Vector3D MeanOf(IReadOnlyCollection<Vector3D> values, Func<Vector3D, Vector3D> part) =>
        (1.0 / values.Count) * values.Aggregate(Vector3D.Zero, (sum, value) => sum + part(value));

    private static Vector3D Root(Vector3D v) =>
        new(Math.Sqrt(Math.Max(0, v.X)), Math.Sqrt(Math.Max(0, v.Y)), Math.Sqrt(Math.Max(0, v.Z)));

    private static double Ninetieth(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[Math.Min(sorted.Length - 1, (int)(0.9 * sorted.Length))];
    }
}
