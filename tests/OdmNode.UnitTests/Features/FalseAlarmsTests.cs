using System.Numerics;
using OdmNode.Features.Matching;

namespace OdmNode.UnitTests.Features;

public class FalseAlarmsTests
{
    [Theory]
    [InlineData(40, 3, 0.01)]
    [InlineData(200, 12, 0.02)]
    [InlineData(15, 15, 0.1)]
    public void The_tail_bounds_the_binomial_tail_from_above_and_by_little(int matches, int fitting, double chance)
    {
        double exact = 0;
        for (int k = fitting; k <= matches; k++)
        {
            exact += (double)Choose(matches, k) * Math.Pow(chance, k) * Math.Pow(1 - chance, matches - k);
        }

        Assert.InRange(FalseAlarms.LogTail(matches, fitting, chance), Math.Log10(exact) - 1e-9, Math.Log10(exact) + 1.5);
    }

    [Fact]
    public void As_many_as_chance_gives_prove_nothing()
    {
        Assert.Equal(0, FalseAlarms.LogTail(1000, 10, 0.01));
        Assert.Equal(0, FalseAlarms.LogTail(0, 0, 0.01));
        Assert.Equal(double.PositiveInfinity, FalseAlarms.LogExpected(100, 5, 5, 10, 0.01));
    }

    [Fact]
    public void The_expected_number_counts_every_sample_of_every_subset()
    {
        double expected = BigInteger.Log10(10 * (60 - 5) * Choose(60, 18) * Choose(18, 5)) + (13 * Math.Log10(0.01));
        Assert.Equal(expected, FalseAlarms.LogExpected(60, 18, 5, 10, 0.01), 1e-9);
    }

    private static BigInteger Choose(int n, int k)
    {
        BigInteger result = 1;
        for (int i = 1; i <= k; i++)
        {
            result = result * (n - k + i) / i;
        }

        return result;
    }
}
