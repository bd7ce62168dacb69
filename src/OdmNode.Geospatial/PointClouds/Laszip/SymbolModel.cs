namespace OdmNode.Geospatial.PointClouds.Laszip;

/// <summary>The adaptive distribution of 2 to 2048 symbols, cumulative, in 15 bits.</summary>
internal sealed class SymbolModel
{
    public const int LengthShift = 15;
    private const uint MaxCount = 1u << LengthShift;
    private readonly uint[] counts;
    private uint total;
    private uint cycle;
    private uint untilUpdate;

    public SymbolModel(int symbols)
    {
        counts = new uint[symbols];
        Distribution = new uint[symbols];
        Array.Fill(counts, 1u);
        cycle = (uint)symbols;
        Update();
        cycle = (uint)(symbols + 6) >> 1;
        untilUpdate = cycle;
    }

    /// <summary>For each symbol the sum of the chances of those before it.</summary>
    public uint[] Distribution { get; }

    public void Count(int symbol)
    {
        counts[symbol]++;
        if (--untilUpdate == 0)
        {
            Update();
        }
    }

    private void Update()
    {
        total += cycle;
        if (total > MaxCount)
        {
            total = 0;
            for (int i = 0; i < counts.Length; i++)
            {
                counts[i] = (counts[i] + 1) >> 1;
                total += counts[i];
            }
        }

        uint scale = 0x80000000u / total;
        uint sum = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            Distribution[i] = (scale * sum) >> (31 - LengthShift);
            sum += counts[i];
        }

        cycle = Math.Min((5 * cycle) >> 2, (uint)(counts.Length + 6) << 3);
        untilUpdate = cycle;
    }
}
