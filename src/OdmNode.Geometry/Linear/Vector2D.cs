namespace OdmNode.Geometry.Linear;

/// <summary>A vector of two doubles: a pixel, a normalised image point, a plan position.</summary>
public readonly record struct Vector2D(double X, double Y)
{
    public static Vector2D operator +(Vector2D a, Vector2D b) => new(a.X + b.X, a.Y + b.Y);

    public static Vector2D operator -(Vector2D a, Vector2D b) => new(a.X - b.X, a.Y - b.Y);

    public static Vector2D operator *(double s, Vector2D a) => new(s * a.X, s * a.Y);

    /// <summary>Euclidean length, in the unit of the components.</summary>
    public double Length => Math.Sqrt((X * X) + (Y * Y));

    public double LengthSquared => (X * X) + (Y * Y);
}
