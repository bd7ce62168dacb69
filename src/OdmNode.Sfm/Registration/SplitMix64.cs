namespace OdmNode.Sfm.Registration;

/// <summary>A small generator of random numbers whose sequence follows from its seed alone.</summary>
/// <remarks>G. Steele, D. Lea, C. Flood, Fast splittable pseudorandom number generators, OOPSLA 2014.</remarks>
internal struct SplitMix64(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>An index below <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(Next() % (ulong)count);

    /// <summary>Three different indices below <paramref name="count"/>, which is at least 3.</summary>
    public (int A, int B, int C) Three(int count)
    {
        int a = Below(count);
        int b;
        do
        {
            b = Below(count);
        }
        while (b == a);

        int c;
        do
        {
            c = Below(count);
        }
        while (c == a || c == b);

        return (a, b, c);
    }
}
