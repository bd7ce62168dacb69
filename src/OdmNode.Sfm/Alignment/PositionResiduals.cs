using OdmNode.Geometry.Linear;

namespace OdmNode.Sfm.Alignment;

/// <summary>How far the estimated camera positions are from the measured ones.</summary>
/// <param name="Residuals">One per placed photo with a position, in ordinal order of image name.</param>
public sealed record PositionResiduals(IReadOnlyList<PositionResidual> Residuals)
{
    /// <summary>Mean difference along east, north, up, metres; zero without residuals.</summary>
    public Vector3D Mean => Average(static d => d);

    /// <summary>Standard deviation about <see cref="Mean"/> along each axis, metres.</summary>
    public Vector3D StandardDeviation
    {
        get
        {
            Vector3D mean = Mean;
            return Root(Average(d => Square(d - mean)));
        }
    }

    /// <summary>Root mean square along each axis, metres.</summary>
    public Vector3D RootMeanSquare => Root(Average(Square));

    /// <summary>Root mean square of the distance in space, metres.</summary>
    public double RootMeanSquareDistance => RootMeanSquare.Length;

    private static Vector3D Square(Vector3D d) => new(d.X * d.X, d.Y * d.Y, d.Z * d.Z);

    private static Vector3D Root(Vector3D d) => new(Math.Sqrt(d.X), Math.Sqrt(d.Y), Math.Sqrt(d.Z));

    private Vector3D Average(Func<Vector3D, Vector3D> value)
    {
        Vector3D sum = Vector3D.Zero;
        foreach (PositionResidual residual in Residuals)
        {
            sum += value(residual.Difference);
        }

        return Residuals.Count == 0 ? sum : (1.0 / Residuals.Count) * sum;
    }
}
