using OdmNode.Geometry.Linear;

namespace OdmNode.Geometry.TwoView;

/// <summary>A projective map of the plane and its inverse: how a flat scene, or a camera that only turns, moves points.</summary>
/// <param name="BFromA">Maps (x, y, 1) of view A to a multiple of (x, y, 1) of view B.</param>
/// <param name="AFromB">The inverse.</param>
/// <remarks>Hartley and Zisserman, Multiple View Geometry, 2nd ed., section 4.1.</remarks>
public readonly record struct Homography(Matrix3x3 BFromA, Matrix3x3 AFromB)
{
    /// <summary>Correspondences of a minimal sample.</summary>
    public const int SampleSize = 4;

    /// <summary>The homography of n ≥ 4 correspondences (x, y, 1), exact for 4 and by linear least squares for more.</summary>
    /// <returns>False when the points do not determine it, as when three of four lie on a line.</returns>
    public static bool Solve(ReadOnlySpan<Vector3D> a, ReadOnlySpan<Vector3D> b, out Homography homography)
    {
        homography = default;
        if (a.Length < SampleSize)
        {
            return false;
        }

        Matrix3x3 normalA = PointNormalization.Of(a);
        Matrix3x3 normalB = PointNormalization.Of(b);
        Span<double> h = stackalloc double[9];
        if (!(a.Length == SampleSize ? Minimal(a, b, normalA, normalB, h) : LeastSquares(a, b, normalA, normalB, h)))
        {
            return false;
        }

        var normalized = new Matrix3x3(h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], h[8]);
        if (!(Math.Abs(normalized.Determinant()) > 1e-7))
        {
            return false;
        }

        Matrix3x3 bFromA = normalB.Inverse() * normalized * normalA;
        homography = new Homography(bFromA, bFromA.Inverse());
        return true;
    }

    /// <summary>The larger of the squared distances from b to the image of a, and from a to the image of b.</summary>
    public double SquaredError(Vector3D a, Vector3D b) => Math.Max(Transfer(BFromA, a, b), Transfer(AFromB, b, a));

    private static double Transfer(in Matrix3x3 map, Vector3D from, Vector3D to)
    {
        Vector3D image = map * from;
        double inverse = 1 / image.Z;
        double dx = (image.X * inverse) - to.X;
        double dy = (image.Y * inverse) - to.Y;
        return (dx * dx) + (dy * dy);
    }

    private static bool Minimal(ReadOnlySpan<Vector3D> a, ReadOnlySpan<Vector3D> b, in Matrix3x3 normalA, in Matrix3x3 normalB, Span<double> h)
    {
        Span<double> system = stackalloc double[8 * 9];
        for (int i = 0; i < SampleSize; i++)
        {
            Rows(normalA * a[i], normalB * b[i], system.Slice(18 * i, 9), system.Slice((18 * i) + 9, 9));
        }

        NullSpace.Find(system, 8, 9, h);
        return true;
    }

    private static bool LeastSquares(ReadOnlySpan<Vector3D> a, ReadOnlySpan<Vector3D> b, in Matrix3x3 normalA, in Matrix3x3 normalB, Span<double> h)
    {
        double[] gram = new double[81];
        Span<double> first = stackalloc double[9];
        Span<double> second = stackalloc double[9];
        for (int i = 0; i < a.Length; i++)
        {
            Rows(normalA * a[i], normalB * b[i], first, second);
            for (int j = 0; j < 9; j++)
            {
                for (int k = 0; k < 9; k++)
                {
                    gram[(9 * j) + k] += (first[j] * first[k]) + (second[j] * second[k]);
                }
            }
        }

        (double[] values, double[] vectors) = SymmetricEigen.Decompose(gram, 9);
        vectors.AsSpan(0, 9).CopyTo(h);
        return values[1] > 1e-12 * values[8];
    }

    private static void Rows(Vector3D a, Vector3D b, Span<double> first, Span<double> second)
    {
        (first[0], first[1], first[2]) = (0, 0, 0);
        (first[3], first[4], first[5]) = (-a.X, -a.Y, -1);
        (first[6], first[7], first[8]) = (b.Y * a.X, b.Y * a.Y, b.Y);
        (second[0], second[1], second[2]) = (a.X, a.Y, 1);
        (second[3], second[4], second[5]) = (0, 0, 0);
        (second[6], second[7], second[8]) = (-b.X * a.X, -b.X * a.Y, -b.X);
    }
}
