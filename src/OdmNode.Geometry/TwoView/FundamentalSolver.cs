using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Optimization;

namespace OdmNode.Geometry.TwoView;

/// <summary>Fundamental matrices: bᵀ · F · a = 0 for points (x, y, 1) of views whose lens is not, or only roughly, known.</summary>
/// <remarks>Hartley and Zisserman, Multiple View Geometry, 2nd ed., chapter 11.</remarks>
public static class FundamentalSolver
{
    /// <summary>Correspondences of a minimal sample.</summary>
    public const int SampleSize = 7;

    /// <summary>Most solutions of a minimal sample.</summary>
    public const int MaximumSolutions = 3;

    /// <summary>The one or three matrices of seven correspondences.</summary>
    /// <param name="a">7 points in view A.</param>
    /// <param name="b">7 points in view B.</param>
    /// <param name="solutions">Room for 3.</param>
    /// <returns>Number of solutions.</returns>
    public static int SolveMinimal(ReadOnlySpan<Vector3D> a, ReadOnlySpan<Vector3D> b, Span<Matrix3x3> solutions)
    {
        Span<double> constraints = stackalloc double[SampleSize * 9];
        for (int i = 0; i < SampleSize; i++)
        {
            FivePointSolver.EpipolarRow(a[i], b[i], constraints.Slice(9 * i, 9));
        }

        Span<double> basis = stackalloc double[2 * 9];
        NullSpace.Find(constraints, SampleSize, 9, basis);
        Matrix3x3 f = FromElements(basis[..9]);
        Matrix3x3 g = FromElements(basis[9..]);
        // det(G + λ F) = 0 is a cubic; its values at four places give the coefficients.
        double at0 = g.Determinant();
        double at1 = (g + f).Determinant();
        double atMinus1 = (g + (-1 * f)).Determinant();
        double c3 = f.Determinant();
        double c2 = (0.5 * (at1 + atMinus1)) - at0;
        double c1 = (0.5 * (at1 - atMinus1)) - c3;
        Span<double> roots = stackalloc double[3];
        int count = Polynomial.RealRoots([at0, c1, c2, c3], roots);
        for (int i = 0; i < count; i++)
        {
            solutions[i] = (1 / Math.Sqrt(1 + (roots[i] * roots[i]))) * (g + (roots[i] * f));
        }

        return count;
    }

    /// <summary>The matrix of n ≥ 8 correspondences by linear least squares, of rank 2.</summary>
    /// <returns>False when the points do not determine it.</returns>
    public static bool Solve(ReadOnlySpan<Vector3D> a, ReadOnlySpan<Vector3D> b, out Matrix3x3 fundamental)
    {
        fundamental = default;
        if (a.Length < 8)
        {
            return false;
        }

        Matrix3x3 normalA = PointNormalization.Of(a);
        Matrix3x3 normalB = PointNormalization.Of(b);
        double[] gram = new double[81];
        Span<double> row = stackalloc double[9];
        for (int i = 0; i < a.Length; i++)
        {
            FivePointSolver.EpipolarRow(normalA * a[i], normalB * b[i], row);
            for (int j = 0; j < 9; j++)
            {
                for (int k = 0; k < 9; k++)
                {
                    gram[(9 * j) + k] += row[j] * row[k];
                }
            }
        }

        (double[] values, double[] vectors) = SymmetricEigen.Decompose(gram, 9);
        if (!(values[1] > 1e-12 * values[8]))
        {
            return false;
        }

        SingularValues3x3 svd = SingularValues3x3.Of(FromElements(vectors.AsSpan(0, 9)));
        Matrix3x3 rank2 = svd.U * new Matrix3x3(svd.S.X, 0, 0, 0, svd.S.Y, 0, 0, 0, 0) * svd.V.Transposed();
        fundamental = normalB.Transposed() * rank2 * normalA;
        return true;
    }

    private static Matrix3x3 FromElements(ReadOnlySpan<double> e) => new(e[0], e[1], e[2], e[3], e[4], e[5], e[6], e[7], e[8]);
}
