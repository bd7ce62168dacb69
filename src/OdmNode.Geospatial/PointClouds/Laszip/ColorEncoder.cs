namespace OdmNode.Geospatial.PointClouds.Laszip;

/// <summary>LASzip's items RGB12 version 2 and RGB14 version 3, which encode alike: bytes that changed, green and blue after red.</summary>
internal sealed class ColorEncoder
{
    private readonly ArithmeticEncoder encoder;
    private readonly SymbolModel used = new(128);
    private readonly SymbolModel[] differences = [new(256), new(256), new(256), new(256), new(256), new(256)];
    private ushort lastRed;
    private ushort lastGreen;
    private ushort lastBlue;

    public ColorEncoder(ArithmeticEncoder encoder, in LasPoint first)
    {
        this.encoder = encoder;
        Keep(first);
    }

    /// <summary>Whether any point differs from the first.</summary>
    public bool HasChanged { get; private set; }

    public void Encode(in LasPoint point)
    {
        bool isGray = point.Red == point.Green && point.Red == point.Blue;
        int symbol = (Low(point.Red) != Low(lastRed) ? 1 : 0) | (High(point.Red) != High(lastRed) ? 2 : 0)
            | (Low(point.Green) != Low(lastGreen) ? 4 : 0) | (High(point.Green) != High(lastGreen) ? 8 : 0)
            | (Low(point.Blue) != Low(lastBlue) ? 16 : 0) | (High(point.Blue) != High(lastBlue) ? 32 : 0)
            | (isGray ? 0 : 64);
        encoder.Encode(used, symbol);
        HasChanged |= (symbol & 63) != 0;
        int low = Low(point.Red) - Low(lastRed);
        int high = High(point.Red) - High(lastRed);
        EncodeIf((symbol & 1) != 0, 0, low);
        EncodeIf((symbol & 2) != 0, 1, high);
        if (!isGray)
        {
            EncodeIf((symbol & 4) != 0, 2, Low(point.Green) - Clamped(low + Low(lastGreen)));
            int lowBoth = (low + Low(point.Green) - Low(lastGreen)) / 2;
            EncodeIf((symbol & 16) != 0, 4, Low(point.Blue) - Clamped(lowBoth + Low(lastBlue)));
            EncodeIf((symbol & 8) != 0, 3, High(point.Green) - Clamped(high + High(lastGreen)));
            int highBoth = (high + High(point.Green) - High(lastGreen)) / 2;
            EncodeIf((symbol & 32) != 0, 5, High(point.Blue) - Clamped(highBoth + High(lastBlue)));
        }

        Keep(point);
    }

    private static int Low(ushort value) => value & 0xff;

    private static int High(ushort value) => value >> 8;

    private static int Clamped(int value) => Math.Clamp(value, 0, 255);

    private void EncodeIf(bool isUsed, int model, int difference)
    {
        if (isUsed)
        {
            encoder.Encode(differences[model], (byte)difference);
        }
    }

    private void Keep(in LasPoint point) => (lastRed, lastGreen, lastBlue) = (point.Red, point.Green, point.Blue);
}
