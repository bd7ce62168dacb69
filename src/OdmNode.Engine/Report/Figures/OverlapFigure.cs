using OdmNode.Engine.Report.Layout;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Coverage;
using SkiaSharp;

namespace OdmNode.Engine.Report.Figures;

/// <summary>How many photos show the ground, and where they were taken.</summary>
/// <param name="overlap">What to draw.</param>
/// <param name="outline">Corners of the surveyed area; empty for a survey whose lengths have no scale and whose axes no direction.</param>
/// <param name="mostHeight">Points.</param>
internal sealed class OverlapFigure(OverlapMap overlap, IReadOnlyList<Vector2D> outline, float mostHeight) : IBlock
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
        if (outline.Count > 0)
        {
            DrawOutline(canvas, map);
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
        foreach (SKPoint camera in overlap.Cameras.Select(camera => PlaceOf(camera, map)))
        {
            canvas.DrawCircle(camera, Dot + 0.7f, halo);
            canvas.DrawCircle(camera, Dot, dot);
        }
    }

    private void DrawOutline(SKCanvas canvas, SKRect map)
    {
        canvas.Save();
        canvas.ClipRect(map);
        using var builder = new SKPathBuilder();
        builder.MoveTo(PlaceOf(outline[0], map));
        foreach (Vector2D corner in outline.Skip(1))
        {
            builder.LineTo(PlaceOf(corner, map));
        }

        builder.Close();
        using SKPath path = builder.Detach();
        using SKPaint line = OutlinePaint();
        canvas.DrawPath(path, line);
        canvas.Restore();
    }

    private SKPoint PlaceOf(Vector2D place, SKRect map) => new(
        map.Left + (float)(map.Width * (place.X - overlap.Grid.West) / (overlap.Grid.East - overlap.Grid.West)),
        map.Top + (float)(map.Height * (overlap.Grid.North - place.Y) / (overlap.Grid.North - overlap.Grid.South)));

    private static SKPaint OutlinePaint() =>
        new() { Color = Palette.Ink, StrokeWidth = 1.1f, Style = SKPaintStyle.Stroke, IsAntialias = true };

    private void DrawLegend(SKCanvas canvas, Typesetter type, SKRect area)
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
        if (outline.Count > 0)
        {
            x += 10 + type.WidthOf("camera", TextStyle.Label) + 14;
            using SKPaint line = OutlinePaint();
            canvas.DrawLine(x, area.Top + 4.7f, x + 12, area.Top + 4.7f, line);
            type.Draw(canvas, "surveyed area", x + 16, area.Top + 7.5f, TextStyle.Label);
        }
    }
}
