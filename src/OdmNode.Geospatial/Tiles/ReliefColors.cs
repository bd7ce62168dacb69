using System.Runtime.Intrinsics;
using OdmNode.Geospatial.Gdal;

namespace OdmNode.Geospatial.Tiles;

/// <summary>Heights as colours, lit from the north-west.</summary>
/// <remarks>
/// Colours: viridis of S. van der Walt and N. Smith, even in brightness and readable with any kind of colour vision. Slopes:
/// B. K. P. Horn, Hill shading and the reflectance map, Proceedings of the IEEE 69 (1981).
/// </remarks>
internal sealed class ReliefColors
{
    private const int OverviewSide = 256;
    private const double ClippedShare = 0.01;
    private const float Ambient = 0.35f;

    /// <summary>Nine even steps of viridis: red, green, blue.</summary>
    private static readonly byte[] Viridis =
    [
        0x44, 0x01, 0x54, 0x47, 0x2D, 0x7B, 0x3B, 0x52, 0x8B, 0x2C, 0x72, 0x8E, 0x21, 0x91, 0x8C, 0x28, 0xAE, 0x80, 0x5E, 0xC9, 0x62,
        0xAD, 0xDC, 0x30, 0xFD, 0xE7, 0x25,
    ];

    private static readonly float SunHeight = MathF.Sqrt(0.5f);
    private readonly float range;

    private ReliefColors(float lowest, float highest)
    {
        Lowest = lowest;
        range = Math.Max(0.01f, highest - lowest);
    }

    /// <summary>The height, metres, from which sampled heights are counted.</summary>
    public float Lowest { get; }

    /// <summary>Spreads the colours over the heights of a raster, but for the lowest and the highest hundredth.</summary>
    public static ReliefColors Of(RasterPyramid pyramid)
    {
        PyramidLevel level = pyramid.LevelFor((double)Math.Max(pyramid.Width, pyramid.Height) / OverviewSide);
        var heights = new List<float>();
        using TileScratch scratch = TileScratch.Rent();
        foreach (Vector128<float> cell in pyramid.Read(level, new CellWindow(0, 0, level.Width, level.Height), 0, scratch))
        {
            if (cell[3] > 0)
            {
                heights.Add(cell[0] / cell[3]);
            }
        }

        if (heights.Count == 0)
        {
            return new ReliefColors(0, 0);
        }

        heights.Sort();
        int clipped = (int)(ClippedShare * heights.Count);
        return new ReliefColors(heights[clipped], heights[^(clipped + 1)]);
    }

    /// <summary>Paints all but the outermost pixels.</summary>
    /// <param name="samples">Side × side: height above <see cref="Lowest"/> times weight, and last the weight.</param>
    /// <param name="side">Pixels.</param>
    /// <param name="pixelMetres">Edge of a pixel on the ground.</param>
    /// <param name="heights">Side × side, overwritten.</param>
    /// <param name="pixels">(side − 2)² × 4 bytes; those of pixels without a height stay as they are.</param>
    public void Paint(ReadOnlySpan<Vector128<float>> samples, int side, double pixelMetres, Span<float> heights, Span<byte> pixels)
    {
        for (int i = 0; i < heights.Length; i++)
        {
            heights[i] = samples[i][3] > 0.5f / byte.MaxValue ? samples[i][0] / samples[i][3] : float.NaN;
        }

        int size = side - 2;
        float perCell = (float)(1 / (8 * pixelMetres));
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                int center = ((y + 1) * side) + x + 1;
                if (!float.IsNaN(heights[center]))
                {
                    Span<byte> pixel = pixels.Slice(4 * ((y * size) + x), 4);
                    Color(heights[center] / range, LightAt(heights, center, side, perCell), pixel);
                    pixel[3] = (byte)Math.Min(byte.MaxValue, MathF.Round(byte.MaxValue * samples[center][3]));
                }
            }
        }
    }

    /// <summary>From <see cref="Ambient"/> in the shade to 1 and a little more on slopes that face the sun.</summary>
    private static float LightAt(ReadOnlySpan<float> heights, int center, int side, float perCell)
    {
        float own = heights[center];
        ReadOnlySpan<float> above = heights.Slice(center - side - 1, 3);
        ReadOnlySpan<float> beside = heights.Slice(center - 1, 3);
        ReadOnlySpan<float> below = heights.Slice(center + side - 1, 3);
        float At(float height) => float.IsNaN(height) ? own : height;

        float east = (At(above[2]) + (2 * At(beside[2])) + At(below[2]) - At(above[0]) - (2 * At(beside[0])) - At(below[0])) * perCell;
        float south = (At(below[0]) + (2 * At(below[1])) + At(below[2]) - At(above[0]) - (2 * At(above[1])) - At(above[2])) * perCell;
        // The normal (-east, south, 1) against a sun in the north-west, halfway up.
        float cosine = (((east + south) * 0.5f) + SunHeight) / MathF.Sqrt((east * east) + (south * south) + 1);
        return Ambient + ((1 - Ambient) * Math.Max(0, cosine) / SunHeight);
    }

    private static void Color(float share, float light, Span<byte> pixel)
    {
        float at = Math.Clamp(share, 0, 1) * ((Viridis.Length / 3) - 1);
        int step = Math.Min((int)at, (Viridis.Length / 3) - 2);
        for (int channel = 0; channel < 3; channel++)
        {
            float from = Viridis[(3 * step) + channel];
            float value = from + ((at - step) * (Viridis[(3 * step) + 3 + channel] - from));
            pixel[channel] = (byte)Math.Min(byte.MaxValue, MathF.Round(value * light));
        }
    }
}
