using System.Runtime.CompilerServices;

namespace OdmNode.Testing.Landscapes;

/// <summary>Patterns that all materials are made of, limited to what a footprint can show, so that nothing aliases.</summary>
internal static class Texture
{
    /// <summary>
    /// A sum of noise octaves of equal strength, from <paramref name="coarsest"/> metres down to the footprint: as in
    /// natural images every octave carries the same contrast, so that there is detail at any flying height.
    /// </summary>
    public static float Octaves(double x, double y, double coarsest, float footprint, uint seed)
    {
        float sum = 0;
        for (double size = coarsest; size > footprint; size *= 0.5)
        {
            sum += Visibility(size, footprint) * ValueNoise.Sample(x / size, y / size, seed++);
        }

        return sum;
    }

    /// <summary>How much of a detail of some size survives the averaging over a footprint.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Visibility(double size, float footprint) => Math.Clamp(((float)size / footprint) - 1, 0, 1);

    /// <summary>A factor around 1 of a signed texture value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Contrast(float value, float strength) => Math.Max(0.15f, 1 + (strength * value));

    /// <summary>The share of a footprint that lies where <paramref name="inside"/> (metres, signed distance) is positive.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Coverage(double inside, float footprint) => Math.Clamp(((float)inside / footprint) + 0.5f, 0, 1);

    /// <summary>
    /// Strewn spots (stones, tufts, litter): one disc of random place, size and brightness in each cell, or none.
    /// </summary>
    /// <returns>Coverage times brightness, from -1 to 1.</returns>
    public static float Spots(double x, double y, double cell, float footprint, uint seed)
    {
        double cellX = Math.Floor(x / cell);
        double cellY = Math.Floor(y / cell);
        uint hash = ValueNoise.Hash((int)cellX, (int)cellY, seed);
        if ((hash & 3) == 0)
        {
            return 0;
        }

        // The disc stays inside its cell, so that one cell is all that has to be looked at.
        uint more = ValueNoise.Mix(hash);
        double radius = cell * (0.10 + (0.22 * ValueNoise.Unit(more)));
        double room = cell - (2 * radius);
        double dx = x - (cellX * cell) - radius - (room * ((hash >> 2 & 0x3FF) / 1023.0));
        double dy = y - (cellY * cell) - radius - (room * ((hash >> 12 & 0x3FF) / 1023.0));
        float coverage = Coverage(radius - Math.Sqrt((dx * dx) + (dy * dy)), footprint);
        return coverage * (((hash >> 22) / 511.5f) - 1);
    }

    /// <summary>Coverage of a family of parallel lines, each <paramref name="width"/> wide, every <paramref name="spacing"/> metres.</summary>
    public static float Lines(double offset, double spacing, double width, float footprint)
    {
        double distance = Math.Abs(offset - (spacing * Math.Round(offset / spacing)));
        return Math.Min(1, (float)(width / footprint)) * Coverage((0.5 * Math.Max(width, footprint)) - distance, footprint);
    }
}
