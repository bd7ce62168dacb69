namespace OdmNode.Testing.Landscapes;

/// <summary>A small generator whose numbers depend on the seed alone (SplitMix64, Steele et al. 2014).</summary>
internal sealed class SeededRandom
{
    private ulong state;

    public SeededRandom(int seed, int stream) => state = ((ulong)(uint)seed << 32) ^ ((ulong)(uint)stream * 0x9E3779B97F4A7C15UL);

    /// <summary>Uniform in [0, 1).</summary>
    public double Next()
    {
        state += 0x9E3779B97F4A7C15UL;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    public double Between(double low, double high) => low + ((high - low) * Next());

    public uint NextSeed() => (uint)(Next() * uint.MaxValue);

    /// <summary>Normally distributed, by Box and Muller.</summary>
    public double Normal(double sigma) =>
        sigma * Math.Sqrt(-2 * Math.Log(1 - Next())) * Math.Cos(2 * Math.PI * Next());
}
