using OdmNode.Engine.Report.Layout;
using OdmNode.Geometry.Linear;
using OdmNode.Sfm.Bundle;
using SkiaSharp;

namespace OdmNode.Engine.Report.Figures;

/// <summary>The mean residual in each part of a lens's picture as an arrow, far enlarged.</summary>
internal sealed class ResidualVectors(ResidualGrid grid) : IBlock
{
    private const float LegendHeight = 16;
    private const int FewObservations = 10;
    private const double LongestCells = 1.3;

    /// <summary>Length of the arrow that the legend shows, pixels of the photo.</summary>
    private double ReferencePixels => MapDrawing.RoundBelow(Math.Max(LongestUsual(), 1e-3));

    public float HeightOf(Typesetter type, float width) => (width * grid.Rows / grid.Columns) + LegendHeight;

    public void Draw(SKCanvas canvas, Typesetter type, SKRect area)
    {
        var picture = SKRect.Create(area.Left, area.Top, area.Width, area.Height - LegendHeight);
        float cell = picture.Width / grid.Columns;
        double pointsPerPixel = LongestCells * cell / Math.Max(LongestUsual(), 1e-3);
        canvas.Save();
        canvas.ClipRect(picture);
        for (int i = 0; i < grid.Counts.Count; i++)
        {
            if (grid.Counts[i] > 0)
            {
                float x = picture.Left + (((i % grid.Columns) + 0.5f) * cell);
                float y = picture.Top + (((i / grid.Columns) + 0.5f) * picture.Height / grid.Rows);
                Vector2D v = pointsPerPixel * grid.MeanVectors[i];
                DrawArrow(canvas, x, y, (float)v.X, (float)v.Y, grid.Counts[i] < FewObservations ? Palette.Faded.WithAlpha(110) : Palette.Accent);
            }
        }

        canvas.Restore();
        MapDrawing.DrawFrame(canvas, picture);
        float length = (float)(pointsPerPixel * ReferencePixels);
        DrawArrow(canvas, area.Left, area.Bottom - 5, length, 0, Palette.Accent);
        string label = $"{Format.Decimal(ReferencePixels, 3)} px; pale: fewer than {FewObservations} observations";
        type.Draw(canvas, label, area.Left + length + 6, area.Bottom - 2.5f, TextStyle.Label);
    }

    /// <summary>Of cells that hold enough to trust; single stray arrows do not shrink the others.</summary>
    private double LongestUsual()
    {
        double[] lengths =
        [
            .. grid.MeanVectors.Where((_, i) => grid.Counts[i] >= FewObservations).Select(v => v.Length).DefaultIfEmpty(1).Order(),
        ];
        return lengths[(int)(0.95 * (lengths.Length - 1))];
    }

    private static void DrawArrow(SKCanvas canvas, float x, float y, float dx, float dy, SKColor color)
    {
        using var line = new SKPaint { Color = color, StrokeWidth = 0.8f, Style = SKPaintStyle.Stroke, IsAntialias = true };
        float length = MathF.Sqrt((dx * dx) + (dy * dy));
        canvas.DrawLine(x, y, x + dx, y + dy, line);
        if (length > 1)
        {
            float head = Math.Min(2.6f, 0.5f * length) / length;
            canvas.DrawLine(x + dx, y + dy, x + dx - (head * (dx + (0.6f * dy))), y + dy - (head * (dy - (0.6f * dx))), line);
            canvas.DrawLine(x + dx, y + dy, x + dx - (head * (dx - (0.6f * dy))), y + dy - (head * (dy + (0.6f * dx))), line);
        }
    }
}
