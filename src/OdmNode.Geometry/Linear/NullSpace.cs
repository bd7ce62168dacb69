namespace OdmNode.Geometry.Linear;

/// <summary>Orthonormal bases of what a few linear equations leave free.</summary>
public static class NullSpace
{
    /// <summary>Vectors orthogonal to every row, by Householder reflections of the transposed matrix.</summary>
    /// <param name="matrix">rows × columns, row-major; destroyed. Rows should be independent.</param>
    /// <param name="rows">Equations, fewer than columns.</param>
    /// <param name="columns">Unknowns, at most 16.</param>
    /// <param name="basis">(columns − rows) × columns: one unit vector in each row.</param>
    /// <remarks>Golub and Van Loan, Matrix Computations, 4th ed., section 5.2.</remarks>
    public static void Find(Span<double> matrix, int rows, int columns, Span<double> basis)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rows, columns);
        // Reflection k leaves row k with nothing right of column k; its vector replaces that part of the row.
        Span<double> lengths = stackalloc double[16];
        for (int k = 0; k < rows; k++)
        {
            Span<double> row = matrix.Slice(k * columns, columns);
            for (int j = 0; j < k; j++)
            {
                Reflect(matrix.Slice(j * columns, columns)[j..], lengths[j], row[j..]);
            }

            Span<double> v = row[k..];
            double norm = Math.Sqrt(Dot(v, v));
            v[0] += Math.CopySign(norm, v[0]);
            lengths[k] = Dot(v, v);
        }

        for (int i = 0; i < columns - rows; i++)
        {
            Span<double> vector = basis.Slice(i * columns, columns);
            vector.Clear();
            vector[rows + i] = 1;
            for (int k = rows - 1; k >= 0; k--)
            {
                Reflect(matrix.Slice(k * columns, columns)[k..], lengths[k], vector[k..]);
            }
        }
    }

    private static void Reflect(ReadOnlySpan<double> v, double squaredLength, Span<double> target)
    {
        if (squaredLength == 0)
        {
            return;
        }

        double factor = 2 * Dot(v, target) / squaredLength;
        for (int i = 0; i < v.Length; i++)
        {
            target[i] -= factor * v[i];
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
