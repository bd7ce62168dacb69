namespace OdmNode.Geometry.Linear;

/// <summary>A vector of three doubles. System.Numerics has single precision only, too coarse for map coordinates.</summary>
public readonly record struct Vector3D(double X, double Y, double Z)
{
    public static readonly Vector3D Zero;

    public static Vector3D operator +(Vector3D a, Vector3D b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Vector3D operator -(Vector3D a, Vector3D b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Vector3D operator -(Vector3D a) => new(-a.X, -a.Y, -a.Z);

    public static Vector3D operator *(double s, Vector3D a) => new(s * a.X, s * a.Y, s * a.Z);

    /// <summary>Euclidean length, in the unit of the components.</summary>
    public double Length => Math.Sqrt(LengthSquared);

    public double LengthSquared => (X * X) + (Y * Y) + (Z * Z);

    public static double Dot(Vector3D a, Vector3D b) => (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z);

    public static Vector3D Cross(Vector3D a, Vector3D b) =>
        new((a.Y * b.Z) - (a.Z * b.Y), (a.Z * b.X) - (a.X * b.Z), (a.X * b.Y) - (a.Y * b.X));

    /// <summary>The vector of length 1 in the same direction; NaN for the zero vector.</summary>
    public Vector3D Normalized() => (1.0 / Length) * this;

    /// <summary>Angle between two vectors, radians in [0, π]; exact also for nearly parallel ones.</summary>
    public static double AngleBetween(Vector3D a, Vector3D b) => Math.Atan2(Cross(a, b).Length, Dot(a, b));
}
