namespace OdmNode.Geometry.Linear;

/// <summary>Eigenvalues and eigenvectors of small symmetric matrices by Jacobi rotations.</summary>
public static class SymmetricEigen
{
    /// <summary>Decomposes an n × n symmetric matrix.</summary>
    /// <param name="matrix">n × n, row-major; only symmetric matrices make sense.</param>
    /// <param name="size">n.</param>
    /// <returns>n values, rising, and n × n vectors, row i belonging to value i, each of length 1.</returns>
    /// <remarks>Golub and Van Loan, Matrix Computations, 4th ed., section 8.5.</remarks>
    public static (double[] Values, double[] Vectors) Decompose(ReadOnlySpan<double> matrix, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(matrix.Length, size * size);
        double[] a = matrix.ToArray();
        var v = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            v[(i * size) + i] = 1;
        }

        for (int sweep = 0; sweep < 50; sweep++)
        {
            double off = 0;
            double diagonal = 0;
            for (int i = 0; i < size; i++)
            {
                diagonal += Math.Abs(a[(i * size) + i]);
                for (int j = i + 1; j < size; j++)
                {
                    off += Math.Abs(a[(i * size) + j]);
                }
            }

            if (off <= 1e-17 * diagonal || off == 0)
            {
                break;
            }

            for (int p = 0; p < size; p++)
            {
                for (int q = p + 1; q < size; q++)
                {
                    Rotate(a, v, size, p, q);
                }
            }
        }

        int[] order = [.. Enumerable.Range(0, size).OrderBy(i => a[(i * size) + i]).ThenBy(static i => i)];
        var values = new double[size];
        var vectors = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            values[i] = a[(order[i] * size) + order[i]];
            for (int k = 0; k < size; k++)
            {
                vectors[(i * size) + k] = v[(k * size) + order[i]];
            }
        }

        return (values, vectors);
    }

    /// <summary>Of a symmetric 3 × 3 matrix: values rising, with their unit vectors.</summary>
    public static (Vector3D Values, Vector3D First, Vector3D Second, Vector3D Third) Decompose(in Matrix3x3 m)
    {
        (double[] w, double[] v) = Decompose([m.M11, m.M12, m.M13, m.M21, m.M22, m.M23, m.M31, m.M32, m.M33], 3);
        return (new(w[0], w[1], w[2]), new(v[0], v[1], v[2]), new(v[3], v[4], v[5]), new(v[6], v[7], v[8]));
    }

    private static void Rotate(double[] a, double[] v, int n, int p, int q)
    {
        double apq = a[(p * n) + q];
        if (apq == 0)
        {
            return;
        }

        double theta = (a[(q * n) + q] - a[(p * n) + p]) / (2 * apq);
        double t = Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double c = 1 / Math.Sqrt((t * t) + 1);
        double s = t * c;
        for (int k = 0; k < n; k++)
        {
            (double kp, double kq) = (a[(k * n) + p], a[(k * n) + q]);
            a[(k * n) + p] = (c * kp) - (s * kq);
            a[(k * n) + q] = (s * kp) + (c * kq);
        }

        for (int k = 0; k < n; k++)
        {
            (double pk, double qk) = (a[(p * n) + k], a[(q * n) + k]);
            a[(p * n) + k] = (c * pk) - (s * qk);
            a[(q * n) + k] = (s * pk) + (c * qk);
            (double vp, double vq) = (v[(k * n) + p], v[(k * n) + q]);
            v[(k * n) + p] = (c * vp) - (s * vq);
            v[(k * n) + q] = (s * vp) + (c * vq);
        }
    }
}
