using System.Numerics;

namespace OdmNode.Geometry.Robust;

/// <summary>A small pseudo-random generator whose sequence depends on its seed alone, on every platform and version.</summary>
/// <remarks>xoshiro256** seeded by splitmix64: D. Blackman and S. Vigna, Scrambled linear pseudorandom number generators,
/// ACM TOMS 47 (2021). Not for secrets.</remarks>
public sealed class RandomSource
{
    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;

    public RandomSource(ulong seed)
    {
        s0 = Split(ref seed);
        s1 = Split(ref seed);
        s2 = Split(ref seed);
        s3 = Split(ref seed);
    }

    /// <summary>A seed from names, by FNV-1a over their UTF-16 units: the same on every run, unlike string hash codes.</summary>
    public static ulong SeedOf(params ReadOnlySpan<string> names)
    {
        ulong hash = 14695981039346656037;
        foreach (string name in names)
        {
            foreach (char unit in name)
            {
                hash = (hash ^ unit) * 1099511628211;
            }

            hash = (hash ^ 0x10000) * 1099511628211;
        }

        return hash;
    }

    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        ulong shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, <paramref name="exclusiveBound"/>).</summary>
    public int NextInt32(int exclusiveBound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveBound);
        // The bias of the multiplication is below 2⁻³² for any bound that an int can hold.
        return (int)(((NextUInt64() >> 32) * (ulong)exclusiveBound) >> 32);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Standard normal, by Marsaglia's polar method.</summary>
    public double NextGaussian()
    {
        while (true)
        {
            double u = (2 * NextDouble()) - 1;
            double v = (2 * NextDouble()) - 1;
            double s = (u * u) + (v * v);
            if (s is > 0 and < 1)
            {
                return u * Math.Sqrt(-2 * Math.Log(s) / s);
            }
        }
    }

    /// <summary>Fills <paramref name="sample"/> with different indices in [0, <paramref name="count"/>).</summary>
    public void NextSample(int count, Span<int> sample)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, sample.Length);
        for (int i = 0; i < sample.Length; i++)
        {
            int candidate;
            do
            {
                candidate = NextInt32(count);
            }
            while (sample[..i].Contains(candidate));
            sample[i] = candidate;
        }
    }

    private static ulong Split(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
