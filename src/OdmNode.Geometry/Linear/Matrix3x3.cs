namespace OdmNode.Geometry.Linear;

/// <summary>A 3 × 3 matrix of doubles, row-major; maps column vectors.</summary>
public readonly record struct Matrix3x3(
    double M11, double M12, double M13,
    double M21, double M22, double M23,
    double M31, double M32, double M33)
{
    public static readonly Matrix3x3 Identity = new(1, 0, 0, 0, 1, 0, 0, 0, 1);

    public static Vector3D operator *(in Matrix3x3 m, Vector3D v) => new(
        (m.M11 * v.X) + (m.M12 * v.Y) + (m.M13 * v.Z),
        (m.M21 * v.X) + (m.M22 * v.Y) + (m.M23 * v.Z),
        (m.M31 * v.X) + (m.M32 * v.Y) + (m.M33 * v.Z));

    public static Matrix3x3 operator *(in Matrix3x3 a, in Matrix3x3 b) => FromColumns(a * b.Column1, a * b.Column2, a * b.Column3);

    public static Matrix3x3 operator *(double s, in Matrix3x3 m) =>
        FromColumns(s * m.Column1, s * m.Column2, s * m.Column3);

    public static Matrix3x3 operator +(in Matrix3x3 a, in Matrix3x3 b) =>
        FromColumns(a.Column1 + b.Column1, a.Column2 + b.Column2, a.Column3 + b.Column3);

    public Vector3D Column1 => new(M11, M21, M31);

    public Vector3D Column2 => new(M12, M22, M32);

    public Vector3D Column3 => new(M13, M23, M33);

    public Vector3D Row1 => new(M11, M12, M13);

    public Vector3D Row2 => new(M21, M22, M23);

    public Vector3D Row3 => new(M31, M32, M33);

    public static Matrix3x3 FromColumns(Vector3D a, Vector3D b, Vector3D c) =>
        new(a.X, b.X, c.X, a.Y, b.Y, c.Y, a.Z, b.Z, c.Z);

    public static Matrix3x3 FromRows(Vector3D a, Vector3D b, Vector3D c) =>
        new(a.X, a.Y, a.Z, b.X, b.Y, b.Z, c.X, c.Y, c.Z);

    public Matrix3x3 Transposed() => new(M11, M21, M31, M12, M22, M32, M13, M23, M33);

    public double Determinant() => Vector3D.Dot(Column1, Vector3D.Cross(Column2, Column3));

    public double Trace() => M11 + M22 + M33;

    /// <summary>The inverse by cofactors; elements are not finite when the matrix is singular.</summary>
    public Matrix3x3 Inverse()
    {
        Vector3D a = Vector3D.Cross(Column2, Column3);
        Vector3D b = Vector3D.Cross(Column3, Column1);
        Vector3D c = Vector3D.Cross(Column1, Column2);
        return (1.0 / Vector3D.Dot(Column1, a)) * FromRows(a, b, c);
    }
}
