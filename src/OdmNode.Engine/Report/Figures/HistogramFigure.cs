using System.Globalization;
using OdmNode.Engine.Report.Layout;
using OdmNode.Engine.Report.Statistics;
using SkiaSharp;

namespace OdmNode.Engine.Report.Figures;

/// <summary>Reprojection errors of all observations as bars, with their middle and their far end.</summary>
internal sealed class HistogramFigure(ErrorDistribution errors) : IBlock
{
    private const float Height = 150;
    private const float LeftMargin = 34;
    private const float BottomMargin = 24;
    private const float TopMargin = 14;

    public float HeightOf(Typesetter type, float width) => Height;

    public void Draw(SKCanvas canvas, Typesetter type, SKRect area)
    {
        var plot = new SKRect(area.Left + LeftMargin, area.Top + TopMargin, area.Right - 4, area.Bottom - BottomMargin);
        IReadOnlyList<int> counts = errors.Histogram.Counts;
        double right = Math.Max(errors.Histogram.Edges[^1], 1e-9);
        double most = Math.Max(1, counts.Max());
        DrawGrid(canvas, type, plot, most);
        using (var bar = new SKPaint { Color = Palette.Accent.WithAlpha(200) })
        {
            for (int i = 0; i < counts.Count; i++)
            {
                float height = (float)(plot.Height * counts[i] / most);
                canvas.DrawRect(
                    SKRect.Create(plot.Left + (plot.Width * i / counts.Count), plot.Bottom - height, (plot.Width / counts.Count) - 0.6f, height), bar);
            }
        }

        double step = MapDrawing.RoundBelow(right / 4);
        for (int tick = 0; tick * step <= right; tick++)
        {
            float x = plot.Left + (float)(plot.Width * tick * step / right);
            type.Draw(canvas, (tick * step).ToString("0.###", CultureInfo.InvariantCulture), x, plot.Bottom + 9, TextStyle.Label, SKTextAlign.Center);
        }

        type.Draw(canvas, "reprojection error, pixels", plot.MidX, plot.Bottom + 19, TextStyle.Label, SKTextAlign.Center);
        DrawMark(canvas, type, plot, errors.Median / right, "median");
        DrawMark(canvas, type, plot, errors.Percentile99 / right, "99 %");
    }

    private static void DrawGrid(SKCanvas canvas, Typesetter type, SKRect plot, double most)
    {
        using var rule = new SKPaint { Color = Palette.Rule, StrokeWidth = 0.6f, Style = SKPaintStyle.Stroke };
        double step = Math.Max(1, MapDrawing.RoundBelow(most / 2));
        for (double value = 0; value <= most; value += step)
        {
            float y = plot.Bottom - (float)(plot.Height * value / most);
            canvas.DrawLine(plot.Left, y, plot.Right, y, rule);
            type.Draw(canvas, Format.Count((long)value), plot.Left - 4, y + 2.4f, TextStyle.Label, SKTextAlign.Right);
        }
    }

    private static void DrawMark(SKCanvas canvas, Typesetter type, SKRect plot, double place, string label)
    {
        if (!(place > 0 && place <= 1))
        {
            return;
        }

        using var line = new SKPaint { Color = Palette.Warm, StrokeWidth = 1, Style = SKPaintStyle.Stroke };
        float x = plot.Left + (float)(plot.Width * place);
        canvas.DrawLine(x, plot.Top - 9, x, plot.Bottom, line);
        TextStyle style = TextStyle.Label with { Color = Palette.Warm };
        bool fitsRight = x + 3 + type.WidthOf(label, style) <= plot.Right;
        type.Draw(canvas, label, fitsRight ? x + 3 : x - 3, plot.Top - 3, style, fitsRight ? SKTextAlign.Left : SKTextAlign.Right);
    }
}
