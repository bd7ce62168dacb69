namespace OdmNode.Geospatial.PointClouds.Laszip;

/// <summary>The adaptive chance of a bit to be 0, in 13 bits.</summary>
internal sealed class BitModel
{
    public const int LengthShift = 13;
    private const uint MaxCount = 1u << LengthShift;
    private uint zeros = 1;
    private uint total = 2;
    private uint cycle = 4;
    private uint untilUpdate = 4;

    public uint ZeroChance { get; private set; } = 1u << (LengthShift - 1);

    public void Count(uint bit)
    {
        zeros += 1 - bit;
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
            total = (total + 1) >> 1;
            zeros = (zeros + 1) >> 1;
            if (zeros == total)
            {
                total++;
            }
        }

        uint scale = 0x80000000u / total;
        ZeroChance = (zeros * scale) >> (31 - LengthShift);
        cycle = Math.Min((5 * cycle) >> 2, 64);
        untilUpdate = cycle;
    }
}
