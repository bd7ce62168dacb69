namespace OdmNode.Geometry.Optimization;

/// <summary>Solves small symmetric positive definite systems, such as the normal equations of least squares.</summary>
public static class CholeskySolver
{
    /// <summary>Solves A x = b in place.</summary>
    /// <param name="a">n × n, row-major; its lower triangle is read and overwritten.</param>
    /// <param name="b">n values: right side in, solution out.</param>
    /// <returns>False when A is not positive definite within rounding; the buffers are then spoilt.</returns>
    public static bool TrySolve(Span<double> a, Span<double> b)
    {
        int n = b.Length;
        for (int j = 0; j < n; j++)
        {
            double diagonal = a[(j * n) + j];
            double limit = 1e-14 * diagonal;
            for (int k = 0; k < j; k++)
            {
                diagonal -= a[(j * n) + k] * a[(j * n) + k];
            }

            if (!(diagonal > limit && diagonal > 0))
            {
                return false;
            }

            double root = Math.Sqrt(diagonal);
            a[(j * n) + j] = root;
            for (int i = j + 1; i < n; i++)
            {
                double sum = a[(i * n) + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= a[(i * n) + k] * a[(j * n) + k];
                }

                a[(i * n) + j] = sum / root;
            }
        }

        for (int i = 0; i < n; i++)
        {
            double sum = b[i];
            for (int k = 0; k < i; k++)
            {
                sum -= a[(i * n) + k] * b[k];
            }

            b[i] = sum / a[(i * n) + i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            double sum = b[i];
            for (int k = i + 1; k < n; k++)
            {
                sum -= a[(k * n) + i] * b[k];
            }

            b[i] = sum / a[(i * n) + i];
        }

        return true;
    }
}
