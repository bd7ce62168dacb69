using OdmNode.Engine.Report.Layout;
using SkiaSharp;

namespace OdmNode.Engine.Report.Figures;

/// <summary>The legend of a ramp: an upright bar with values beside it.</summary>
internal static class ColorBar
{
    public const float Width = 46;
    private const int Steps = 64;
    private const int Ticks = 5;
    private const float BarWidth = 9;

    /// <param name="canvas">Where to.</param>
    /// <param name="type">Draws letters.</param>
    /// <param name="area">At least <see cref="Width"/> wide.</param>
    /// <param name="ramp">Colours from the bottom to the top.</param>
    /// <param name="label">Gives the text at a place from 0 (bottom) to 1 (top).</param>
    public static void Draw(SKCanvas canvas, Typesetter type, SKRect area, ColorRamp ramp, Func<double, string> label)
    {
        for (int i = 0; i < Steps; i++)
        {
            using var paint = new SKPaint { Color = ramp.At((i + 0.5) / Steps) };
            float top = area.Bottom - (area.Height * (i + 1) / Steps);
            canvas.DrawRect(SKRect.Create(area.Left, top, BarWidth, (area.Height / Steps) + 0.3f), paint);
        }

        for (int tick = 0; tick < Ticks; tick++)
        {
            double place = (double)tick / (Ticks - 1);
            float y = (float)(area.Bottom - 3 - (place * (area.Height - 9)));
            type.Draw(canvas, label(place), area.Left + BarWidth + 4, y, TextStyle.Label);
        }
    }
}
