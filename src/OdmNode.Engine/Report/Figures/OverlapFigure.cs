using OdmNode.Engine.Report.Layout;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Coverage;
using SkiaSharp;

namespace OdmNode.Engine.Report.Figures;

/// <summary>How many photos show the ground, and where they were taken.</summary>
/// <param name="overlap">What to draw.</param>
/// <param name="isToScale">False for a survey whose lengths have no scale and whose axes no direction.</param>
/// <param name="mostHeight">Points.</param>
internal sealed class OverlapFigure(OverlapMap overlap, bool isToScale, float mostHeight) : IBlock
{
    private const float LegendHeight = 20;
    private const float Dot = 1.7f;

    public float HeightOf(Typesetter type, float width) =>
        MapDrawing.HeightOf(width, overlap.Grid.Width, overlap.Grid.Height, mostHeight) + LegendHeight;

    public void Draw(SKCanvas canvas, Typesetter type, SKRect area)
    {
        SKRect map = MapDrawing.Fit(
            SKRect.Create(area.Left, area.Top, area.Width, area.Height - LegendHeight), overlap.Grid.Width, overlap.Grid.Height);
        using (SKImage cells = CellsImage())
        {
            canvas.DrawImage(cells, map, SKSamplingOptions.Default);
        }

        DrawCameras(canvas, map);
        MapDrawing.DrawFrame(canvas, map);
        if (isToScale)
        {
            MapDrawing.DrawScaleBar(canvas, type, map, overlap.Grid.Width * overlap.Grid.Resolution / map.Width);
            MapDrawing.DrawNorth(canvas, type, map);
        }

        DrawLegend(canvas, type, SKRect.Create(area.Left, area.Bottom - LegendHeight + 7, area.Width, LegendHeight - 7));
    }

    private SKImage CellsImage()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(overlap.Grid.Width, overlap.Grid.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (int i = 0; i < overlap.Counts.Count; i++)
        {
            int count = overlap.Counts[i];
            SKColor color = count == 0 ? Palette.Paper : Palette.Overlap[Math.Min(count, Palette.Overlap.Count) - 1];
            bitmap.SetPixel(i % overlap.Grid.Width, i / overlap.Grid.Width, color);
        }

        return SKImage.FromBitmap(bitmap);
    }

    private void DrawCameras(SKCanvas canvas, SKRect map)
    {
        using var dot = new SKPaint { Color = Palette.Ink, IsAntialias = true };
        using var halo = new SKPaint { Color = Palette.Paper, IsAntialias = true };
        foreach (Vector2D camera in overlap.Cameras)
        {
            float x = map.Left + (float)(map.Width * (camera.X - overlap.Grid.West) / (overlap.Grid.East - overlap.Grid.West));
            float y = map.Top + (float)(map.Height * (overlap.Grid.North - camera.Y) / (overlap.Grid.North - overlap.Grid.South));
            canvas.DrawCircle(x, y, Dot + 0.7f, halo);
            canvas.DrawCircle(x, y, Dot, dot);
        }
    }

    private static void DrawLegend(SKCanvas canvas, Typesetter type, SKRect area)
    {
        float x = area.Left;
        for (int i = 0; i < Palette.Overlap.Count; i++)
        {
            using var paint = new SKPaint { Color = Palette.Overlap[i] };
            canvas.DrawRect(SKRect.Create(x, area.Top, 12, 9), paint);
            string label = i == 0 ? "1 photo" : i + 1 == Palette.Overlap.Count ? $"{i + 1} or more" : $"{i + 1}";
            type.Draw(canvas, label, x + 16, area.Top + 7.5f, TextStyle.Label);
            x += 16 + type.WidthOf(label, TextStyle.Label) + 14;
        }

        using var dot = new SKPaint { Color = Palette.Ink, IsAntialias = true };
        canvas.DrawCircle(x + 4, area.Top + 4.7f, Dot, dot);
        type.Draw(canvas, "camera", x + 10, area.Top + 7.5f, TextStyle.Label);
    }
}
