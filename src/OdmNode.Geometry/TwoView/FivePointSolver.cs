using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Optimization;

namespace OdmNode.Geometry.TwoView;

/// <summary>Essential matrices of five correspondences between calibrated views.</summary>
/// <remarks>D. Nistér, An efficient solution to the five-point relative pose problem, PAMI 26 (2004). The matrix is
/// E = xX + yY + zZ + W over a basis of the null space; eliminating x and y leaves a polynomial of degree ten in z.</remarks>
public static class FivePointSolver
{
    /// <summary>Correspondences of a minimal sample.</summary>
    public const int SampleSize = 5;

    /// <summary>Most solutions of one sample.</summary>
    public const int MaximumSolutions = 10;

    private const int Cubics = 20;
    private const int Equations = 10;

    // Monomials of degree 3 in Nistér's order: x³ y³ x²y xy² x²z x² y²z y² xyz xy | xz² xz x yz² yz y z³ z² z 1.
    // Row: monomial of degree 2 in the order x² xy y² xz yz z² x y z 1; column: times x, y, z, 1.
    private static readonly int[] CubicOfQuadratic =
    [
        0, 2, 4, 5,
        2, 3, 8, 9,
        3, 1, 6, 7,
        4, 8, 10, 11,
        8, 6, 13, 14,
        10, 13, 16, 17,
        5, 9, 11, 12,
        9, 7, 14, 15,
        11, 14, 17, 18,
        12, 15, 18, 19,
    ];

    // Monomial of degree 2 by two of x, y, z, 1.
    private static readonly int[] QuadraticOfLinear =
    [
        0, 1, 3, 6,
        1, 2, 4, 7,
        3, 4, 5, 8,
        6, 7, 8, 9,
    ];

    /// <summary>Solves for E with bᵀ · E · a = 0 in all five correspondences.</summary>
    /// <param name="a">5 points or rays in camera A; the length does not matter.</param>
    /// <param name="b">5 in camera B.</param>
    /// <param name="solutions">Room for 10.</param>
    /// <returns>Number of real solutions; 0 for a degenerate sample.</returns>
    public static int Solve(ReadOnlySpan<Vector3D> a, ReadOnlySpan<Vector3D> b, Span<Matrix3x3> solutions)
    {
        Span<double> constraints = stackalloc double[SampleSize * 9];
        for (int i = 0; i < SampleSize; i++)
        {
            EpipolarRow(a[i], b[i], constraints.Slice(9 * i, 9));
        }

        Span<double> basis = stackalloc double[4 * 9];
        NullSpace.Find(constraints, SampleSize, 9, basis);
        Span<double> system = stackalloc double[Equations * Cubics];
        BuildSystem(basis, system);
        if (!Eliminate(system))
        {
            return 0;
        }

        return Extract(system, basis, solutions);
    }

    /// <summary>The nine coefficients of bᵀ · E · a in the elements of E, row-major.</summary>
    internal static void EpipolarRow(Vector3D a, Vector3D b, Span<double> row)
    {
        (row[0], row[1], row[2]) = (b.X * a.X, b.X * a.Y, b.X * a.Z);
        (row[3], row[4], row[5]) = (b.Y * a.X, b.Y * a.Y, b.Y * a.Z);
        (row[6], row[7], row[8]) = (b.Z * a.X, b.Z * a.Y, b.Z * a.Z);
    }

    // det E = 0 and 2 E Eᵀ E − tr(E Eᵀ) E = 0.
    private static void BuildSystem(ReadOnlySpan<double> basis, Span<double> system)
    {
        system.Clear();
        // products[3i + j] = (E Eᵀ)ij, quadratic.
        Span<double> products = stackalloc double[9 * 10];
        products.Clear();
        for (int i = 0; i < 3; i++)
        {
            for (int j = i; j < 3; j++)
            {
                Span<double> product = products.Slice(((3 * i) + j) * 10, 10);
                for (int k = 0; k < 3; k++)
                {
                    AddQuadratic(basis, (3 * i) + k, (3 * j) + k, 1, product);
                }

                product.CopyTo(products.Slice(((3 * j) + i) * 10, 10));
            }
        }

        // Half of the trace is taken off the diagonal: then E Eᵀ E − ½ tr(E Eᵀ) E is one product.
        for (int m = 0; m < 10; m++)
        {
            double half = 0.5 * (products[m] + products[40 + m] + products[80 + m]);
            products[m] -= half;
            products[40 + m] -= half;
            products[80 + m] -= half;
        }

        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                Span<double> equation = system.Slice(((3 * i) + j) * Cubics, Cubics);
                for (int k = 0; k < 3; k++)
                {
                    AddCubic(products.Slice(((3 * i) + k) * 10, 10), basis, (3 * k) + j, equation);
                }
            }
        }

        Span<double> minor = stackalloc double[10];
        for (int j = 0; j < 3; j++)
        {
            (int p, int q) = ((j + 1) % 3, (j + 2) % 3);
            minor.Clear();
            AddQuadratic(basis, 3 + p, 6 + q, 1, minor);
            AddQuadratic(basis, 3 + q, 6 + p, -1, minor);
            AddCubic(minor, basis, j, system.Slice(9 * Cubics, Cubics));
        }
    }

    // Element e of E is basis[e] x + basis[9 + e] y + basis[18 + e] z + basis[27 + e].
    private static void AddQuadratic(ReadOnlySpan<double> basis, int first, int second, double sign, Span<double> quadratic)
    {
        for (int i = 0; i < 4; i++)
        {
            double left = sign * basis[(9 * i) + first];
            for (int j = 0; j < 4; j++)
            {
                quadratic[QuadraticOfLinear[(4 * i) + j]] += left * basis[(9 * j) + second];
            }
        }
    }

    private static void AddCubic(ReadOnlySpan<double> quadratic, ReadOnlySpan<double> basis, int element, Span<double> cubic)
    {
        for (int i = 0; i < 10; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                cubic[CubicOfQuadratic[(4 * i) + j]] += quadratic[i] * basis[(9 * j) + element];
            }
        }
    }

    // Gauss-Jordan with row pivoting: the first ten columns become the identity.
    private static bool Eliminate(Span<double> system)
    {
        for (int column = 0; column < Equations; column++)
        {
            int pivot = column;
            for (int row = column + 1; row < Equations; row++)
            {
                pivot = Math.Abs(system[(row * Cubics) + column]) > Math.Abs(system[(pivot * Cubics) + column]) ? row : pivot;
            }

            double leading = system[(pivot * Cubics) + column];
            if (!(Math.Abs(leading) > 1e-14))
            {
                return false;
            }

            Span<double> target = system.Slice(column * Cubics, Cubics);
            Span<double> source = system.Slice(pivot * Cubics, Cubics);
            for (int k = column; k < Cubics; k++)
            {
                double value = source[k] / leading;
                source[k] = target[k];
                target[k] = value;
            }

            for (int row = 0; row < Equations; row++)
            {
                double factor = system[(row * Cubics) + column];
                if (row == column || factor == 0)
                {
                    continue;
                }

                Span<double> other = system.Slice(row * Cubics, Cubics);
                for (int k = column; k < Cubics; k++)
                {
                    other[k] -= factor * target[k];
                }
            }
        }

        return true;
    }

    private static int Extract(ReadOnlySpan<double> system, ReadOnlySpan<double> basis, Span<Matrix3x3> solutions)
    {
        // Rows of x²z and x², y²z and y², xyz and xy cancel their leading terms: three equations in x, y, 1 over z.
        Span<double> px = stackalloc double[3 * 4];
        Span<double> py = stackalloc double[3 * 4];
        Span<double> p1 = stackalloc double[3 * 5];
        for (int i = 0; i < 3; i++)
        {
            ReadOnlySpan<double> upper = system.Slice((4 + (2 * i)) * Cubics, Cubics);
            ReadOnlySpan<double> lower = system.Slice((5 + (2 * i)) * Cubics, Cubics);
            Shifted(upper.Slice(10, 3), lower.Slice(10, 3), px.Slice(4 * i, 4));
            Shifted(upper.Slice(13, 3), lower.Slice(13, 3), py.Slice(4 * i, 4));
            Shifted(upper.Slice(16, 4), lower.Slice(16, 4), p1.Slice(5 * i, 5));
        }

        Span<double> determinant = stackalloc double[11];
        determinant.Clear();
        for (int i = 0; i < 3; i++)
        {
            (int j, int k) = ((i + 1) % 3, (i + 2) % 3);
            AddTriple(p1.Slice(5 * i, 5), px.Slice(4 * j, 4), py.Slice(4 * k, 4), 1, determinant);
            AddTriple(p1.Slice(5 * i, 5), px.Slice(4 * k, 4), py.Slice(4 * j, 4), -1, determinant);
        }

        Span<double> roots = stackalloc double[MaximumSolutions];
        int count = Polynomial.RealRoots(determinant, roots);
        int found = 0;
        for (int i = 0; i < count; i++)
        {
            double z = roots[i];
            Vector3D Row(Span<double> x, Span<double> y, Span<double> one, int r) => new(
                Polynomial.Evaluate(x.Slice(4 * r, 4), z), Polynomial.Evaluate(y.Slice(4 * r, 4), z), Polynomial.Evaluate(one.Slice(5 * r, 5), z));
            Vector3D r1 = Row(px, py, p1, 0);
            Vector3D r2 = Row(px, py, p1, 1);
            Vector3D r3 = Row(px, py, p1, 2);
            Vector3D v = Longest(Vector3D.Cross(r1, r2), Vector3D.Cross(r2, r3), Vector3D.Cross(r3, r1));
            double x = v.X / v.Z;
            double y = v.Y / v.Z;
            if (double.IsFinite(x) && double.IsFinite(y))
            {
                solutions[found++] = Combine(basis, x, y, z);
            }
        }

        return found;
    }

    // Ascending coefficients of upper(z) − z · lower(z); both are given in descending powers.
    private static void Shifted(ReadOnlySpan<double> upper, ReadOnlySpan<double> lower, Span<double> result)
    {
        int n = upper.Length;
        result[0] = upper[n - 1];
        for (int power = 1; power < n; power++)
        {
            result[power] = upper[n - 1 - power] - lower[n - power];
        }

        result[n] = -lower[0];
    }

    private static void AddTriple(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, double sign, Span<double> sum)
    {
        for (int i = 0; i < a.Length; i++)
        {
            for (int j = 0; j < b.Length; j++)
            {
                double ab = sign * a[i] * b[j];
                for (int k = 0; k < c.Length; k++)
                {
                    sum[i + j + k] += ab * c[k];
                }
            }
        }
    }

    private static Vector3D Longest(Vector3D a, Vector3D b, Vector3D c)
    {
        Vector3D ab = a.LengthSquared >= b.LengthSquared ? a : b;
        return ab.LengthSquared >= c.LengthSquared ? ab : c;
    }

    private static Matrix3x3 Combine(ReadOnlySpan<double> basis, double x, double y, double z)
    {
        Span<double> e = stackalloc double[9];
        for (int i = 0; i < 9; i++)
        {
            e[i] = (x * basis[i]) + (y * basis[9 + i]) + (z * basis[18 + i]) + basis[27 + i];
        }

        double scale = 1 / Math.Sqrt(1 + (x * x) + (y * y) + (z * z));
        return scale * new Matrix3x3(e[0], e[1], e[2], e[3], e[4], e[5], e[6], e[7], e[8]);
    }
}
