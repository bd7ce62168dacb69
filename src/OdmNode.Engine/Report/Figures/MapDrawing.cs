using System.Globalization;
using OdmNode.Engine.Report.Layout;
using SkiaSharp;

namespace OdmNode.Engine.Report.Figures;

/// <summary>What all maps of the report have: a picture in a frame, a scale bar, an arrow to the north.</summary>
internal static class MapDrawing
{
    private const float MostBarShare = 0.28f;

    /// <summary>Height of a map that is as wide as it may be.</summary>
    public static float HeightOf(float width, float imageWidth, float imageHeight, float mostHeight) =>
        Math.Min(mostHeight, width * imageHeight / imageWidth);

    /// <summary>The largest rectangle of the picture's shape in the middle of an area.</summary>
    public static SKRect Fit(SKRect area, float imageWidth, float imageHeight)
    {
        float scale = Math.Min(area.Width / imageWidth, area.Height / imageHeight);
        return SKRect.Create(
            area.MidX - (0.5f * scale * imageWidth), area.MidY - (0.5f * scale * imageHeight), scale * imageWidth, scale * imageHeight);
    }

    public static void DrawFrame(SKCanvas canvas, SKRect rectangle)
    {
        using var paint = new SKPaint { Color = Palette.Rule, StrokeWidth = 0.8f, Style = SKPaintStyle.Stroke };
        canvas.DrawRect(rectangle, paint);
    }

    /// <summary>A bar of a round length in the lower left corner.</summary>
    public static void DrawScaleBar(SKCanvas canvas, Typesetter type, SKRect map, double metresPerPoint)
    {
        double metres = RoundBelow(MostBarShare * map.Width * metresPerPoint);
        float length = (float)(metres / metresPerPoint);
        string label = metres >= 1000
            ? (metres / 1000).ToString("0.##", CultureInfo.InvariantCulture) + " km"
            : metres.ToString("0.##", CultureInfo.InvariantCulture) + " m";
        var box = SKRect.Create(map.Left + 7, map.Bottom - 25, length + 14, 19);
        using var paper = new SKPaint { Color = Palette.Paper.WithAlpha(215) };
        using var ink = new SKPaint { Color = Palette.Ink, StrokeWidth = 1.1f, Style = SKPaintStyle.Stroke };
        canvas.DrawRect(box, paper);
        float y = box.Bottom - 5;
        canvas.DrawLine(box.Left + 7, y, box.Right - 7, y, ink);
        canvas.DrawLine(box.Left + 7, y - 3, box.Left + 7, y, ink);
        canvas.DrawLine(box.Right - 7, y - 3, box.Right - 7, y, ink);
        type.Draw(canvas, label, box.MidX, box.Top + 9, TextStyle.Label, SKTextAlign.Center);
    }

    /// <summary>In the upper right corner.</summary>
    public static void DrawNorth(SKCanvas canvas, Typesetter type, SKRect map)
    {
        var box = SKRect.Create(map.Right - 25, map.Top + 7, 18, 30);
        using var paper = new SKPaint { Color = Palette.Paper.WithAlpha(215) };
        using var ink = new SKPaint { Color = Palette.Ink, IsAntialias = true };
        canvas.DrawRect(box, paper);
        using var builder = new SKPathBuilder();
        builder.MoveTo(box.MidX, box.Top + 4);
        builder.LineTo(box.MidX + 4.5f, box.Top + 17);
        builder.LineTo(box.MidX, box.Top + 14);
        builder.LineTo(box.MidX - 4.5f, box.Top + 17);
        builder.Close();
        using SKPath arrow = builder.Detach();
        canvas.DrawPath(arrow, ink);
        type.Draw(canvas, "N", box.MidX, box.Bottom - 4, TextStyle.Label, SKTextAlign.Center);
    }

    /// <summary>The largest of 1, 2, 5 times a power of ten that is not above a length.</summary>
    public static double RoundBelow(double length)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(length)));
        return power * ((length / power) switch { >= 5 => 5, >= 2 => 2, _ => 1 });
    }
}
