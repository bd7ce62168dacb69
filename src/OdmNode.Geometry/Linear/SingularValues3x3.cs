namespace OdmNode.Geometry.Linear;

/// <summary>The singular value decomposition of a 3 × 3 matrix: <c>m = U · diag(S) · Vᵀ</c>, S descending.</summary>
/// <param name="U">Orthonormal; its determinant may be −1.</param>
/// <param name="S">Three values, not negative.</param>
/// <param name="V">Orthonormal; its determinant may be −1.</param>
public readonly record struct SingularValues3x3(Matrix3x3 U, Vector3D S, Matrix3x3 V)
{
    /// <summary>Decomposes by one-sided Jacobi rotations, accurate also for the smallest value.</summary>
    /// <remarks>M. R. Hestenes, Inversion of matrices by biorthogonalization, J. SIAM 6 (1958).</remarks>
    public static SingularValues3x3 Of(in Matrix3x3 m)
    {
        Span<Vector3D> columns = [m.Column1, m.Column2, m.Column3];
        Span<Vector3D> v = [new(1, 0, 0), new(0, 1, 0), new(0, 0, 1)];
        for (int sweep = 0; sweep < 40; sweep++)
        {
            bool rotated = Orthogonalize(columns, v, 0, 1);
            rotated |= Orthogonalize(columns, v, 0, 2);
            rotated |= Orthogonalize(columns, v, 1, 2);
            if (!rotated)
            {
                break;
            }
        }

        Order(columns, v, 0, 1);
        Order(columns, v, 0, 2);
        Order(columns, v, 1, 2);
        var s = new Vector3D(columns[0].Length, columns[1].Length, columns[2].Length);
        Vector3D u1 = s.X > 0 ? (1 / s.X) * columns[0] : new Vector3D(1, 0, 0);
        Vector3D u2 = s.Y > 1e-300 && s.Y > 1e-15 * s.X ? (1 / s.Y) * columns[1] : Perpendicular(u1);
        Vector3D u3 = Vector3D.Cross(u1, u2);
        // Of the two directions left for the third column the one that reproduces m.
        if (Vector3D.Dot(u3, columns[2]) < 0)
        {
            u3 = -u3;
        }

        return new SingularValues3x3(Matrix3x3.FromColumns(u1, u2, u3), s, Matrix3x3.FromColumns(v[0], v[1], v[2]));
    }

    private static bool Orthogonalize(Span<Vector3D> columns, Span<Vector3D> v, int p, int q)
    {
        double alpha = columns[p].LengthSquared;
        double beta = columns[q].LengthSquared;
        double gamma = Vector3D.Dot(columns[p], columns[q]);
        if (!(Math.Abs(gamma) > 1e-16 * Math.Sqrt(alpha * beta)))
        {
            return false;
        }

        double zeta = (beta - alpha) / (2 * gamma);
        double t = Math.CopySign(1, zeta) / (Math.Abs(zeta) + Math.Sqrt(1 + (zeta * zeta)));
        double c = 1 / Math.Sqrt(1 + (t * t));
        double s = c * t;
        (columns[p], columns[q]) = ((c * columns[p]) - (s * columns[q]), (s * columns[p]) + (c * columns[q]));
        (v[p], v[q]) = ((c * v[p]) - (s * v[q]), (s * v[p]) + (c * v[q]));
        return true;
    }

    private static void Order(Span<Vector3D> columns, Span<Vector3D> v, int p, int q)
    {
        if (columns[p].LengthSquared < columns[q].LengthSquared)
        {
            (columns[p], columns[q]) = (columns[q], columns[p]);
            (v[p], v[q]) = (v[q], v[p]);
        }
    }

    private static Vector3D Perpendicular(Vector3D unit)
    {
        Vector3D axis = Math.Abs(unit.X) < 0.6 ? new Vector3D(1, 0, 0) : new Vector3D(0, 1, 0);
        return Vector3D.Cross(unit, axis).Normalized();
    }
}
