using SkiaSharp;

namespace OdmNode.Engine.Report.Figures;

/// <summary>Light from the north-west on a grid of heights.</summary>
/// <remarks>Slopes: B. K. P. Horn, Hill shading and the reflectance map, Proceedings of the IEEE 69 (1981).</remarks>
/// <param name="heights">Rows from the north; not finite where nothing is known.</param>
/// <param name="width">Columns.</param>
/// <param name="height">Rows.</param>
/// <param name="cellMetres">Edge of a cell.</param>
internal sealed class Hillshade(float[] heights, int width, int height, double cellMetres)
{
    private const double SunHeight = Math.PI / 4;
    private const double Ambient = 0.35;
    private static readonly double Across = Math.Cos(SunHeight) / Math.Sqrt(2);

    /// <summary>A colour as it looks at a cell.</summary>
    public SKColor Lit(SKColor color, int x, int y)
    {
        double center = heights[(y * width) + x];
        double At(int dx, int dy)
        {
            float value = heights[(Math.Clamp(y + dy, 0, height - 1) * width) + Math.Clamp(x + dx, 0, width - 1)];
            return float.IsFinite(value) ? value : center;
        }

        double east = (At(1, -1) + (2 * At(1, 0)) + At(1, 1) - At(-1, -1) - (2 * At(-1, 0)) - At(-1, 1)) / (8 * cellMetres);
        double south = (At(-1, 1) + (2 * At(0, 1)) + At(1, 1) - At(-1, -1) - (2 * At(0, -1)) - At(1, -1)) / (8 * cellMetres);
        // The normal (-east, south, 1) against the direction of a sun in the north-west, halfway up.
        double cosine = ((Across * east) + (Across * south) + Math.Sin(SunHeight)) / Math.Sqrt((east * east) + (south * south) + 1);
        double light = Ambient + ((1 - Ambient) * Math.Max(0, cosine) / Math.Sin(SunHeight));
        return new SKColor(Scaled(color.Red, light), Scaled(color.Green, light), Scaled(color.Blue, light));
    }

    private static byte Scaled(byte value, double light) => (byte)Math.Min(byte.MaxValue, Math.Round(value * light));
}
