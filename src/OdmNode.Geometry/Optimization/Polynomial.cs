namespace OdmNode.Geometry.Optimization;

/// <summary>Real roots of polynomials of low degree.</summary>
public static class Polynomial
{
    /// <summary>Value of c[0] + c[1] x + c[2] x² + …</summary>
    public static double Evaluate(ReadOnlySpan<double> coefficients, double x)
    {
        double value = 0;
        for (int i = coefficients.Length - 1; i >= 0; i--)
        {
            value = (value * x) + coefficients[i];
        }

        return value;
    }

    /// <summary>Writes the real roots of odd multiplicity, rising, and returns how many there are.</summary>
    /// <param name="coefficients">c[0] + c[1] x + …; at most degree 15. Leading zeros are allowed.</param>
    /// <param name="roots">As long as the degree.</param>
    /// <remarks>Between two neighbouring roots of the derivative there is at most one root; each is found by Newton steps that
    /// bisection keeps inside.</remarks>
    public static int RealRoots(ReadOnlySpan<double> coefficients, Span<double> roots)
    {
        int degree = coefficients.Length - 1;
        double largest = 0;
        foreach (double c in coefficients)
        {
            largest = Math.Max(largest, Math.Abs(c));
        }

        while (degree > 0 && Math.Abs(coefficients[degree]) <= 1e-14 * largest)
        {
            degree--;
        }

        if (degree == 0)
        {
            return 0;
        }

        ReadOnlySpan<double> p = coefficients[..(degree + 1)];
        if (degree == 1)
        {
            roots[0] = -p[0] / p[1];
            return 1;
        }

        Span<double> derivative = stackalloc double[16];
        derivative = derivative[..degree];
        for (int i = 0; i < degree; i++)
        {
            derivative[i] = (i + 1) * p[i + 1];
        }

        Span<double> turns = stackalloc double[16];
        int turnCount = RealRoots(derivative, turns);

        // Cauchy's bound.
        double bound = 0;
        for (int i = 0; i < degree; i++)
        {
            bound = Math.Max(bound, Math.Abs(p[i] / p[degree]));
        }

        bound += 1;
        int count = 0;
        double low = -bound;
        double lowValue = Evaluate(p, low);
        for (int i = 0; i <= turnCount; i++)
        {
            double high = i < turnCount ? turns[i] : bound;
            double highValue = Evaluate(p, high);
            if (lowValue == 0 || (lowValue < 0) != (highValue < 0))
            {
                roots[count++] = RootBetween(p, derivative, low, lowValue, high);
            }

            (low, lowValue) = (high, highValue);
        }

        return count;
    }

    private static double RootBetween(ReadOnlySpan<double> p, ReadOnlySpan<double> derivative, double low, double lowValue, double high)
    {
        bool rises = lowValue < 0;
        double x = 0.5 * (low + high);
        for (int iteration = 0; iteration < 100; iteration++)
        {
            double value = Evaluate(p, x);
            if (value == 0)
            {
                return x;
            }

            if ((value < 0) == rises)
            {
                low = x;
            }
            else
            {
                high = x;
            }

            double next = x - (value / Evaluate(derivative, x));
            if (!(next > low && next < high))
            {
                next = 0.5 * (low + high);
            }

            if (Math.Abs(next - x) <= 1e-15 * Math.Max(1, Math.Abs(x)))
            {
                return next;
            }

            x = next;
        }

        return x;
    }
}
