namespace OdmNode.Testing.Rendering;

/// <summary>The gamma of a photo, with a soft shoulder instead of a hard white.</summary>
internal static class ToneCurve
{
    private const float Range = 4;
    private static readonly float[] Table = [.. Enumerable.Range(0, 4098).Select(i => Exact(Range * i / 4096))];

    /// <summary>Of linear light, the stored value from 0 to 1.</summary>
    public static float Of(float linear)
    {
        // Tabulated over the square root, where the curve is nearly straight.
        float position = MathF.Sqrt(Math.Clamp(linear, 0, Range) / Range) * 4096;
        int index = (int)position;
        float rest = position - index;
        return Table[index] + (rest * (Table[index + 1] - Table[index]));
    }

    private static float Exact(float position)
    {
        float linear = position * position / Range;
        float toned = linear * (1 + (0.25f * linear)) / (1 + (0.55f * linear));
        return Math.Min(1, MathF.Pow(toned, 1 / 2.2f));
    }
}
