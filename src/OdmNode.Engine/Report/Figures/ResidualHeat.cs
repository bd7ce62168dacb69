using OdmNode.Engine.Report.Layout;
using OdmNode.Sfm.Bundle;
using SkiaSharp;

namespace OdmNode.Engine.Report.Figures;

/// <summary>How large the residuals are in each part of a lens's picture.</summary>
internal sealed class ResidualHeat(ResidualGrid grid) : IBlock
{
    private const float LegendHeight = 16;
    private const float BarLength = 90;
    private const int BarSteps = 32;

    private double Largest => Math.Max(grid.RootMeanSquares.Max(), 1e-9);

    public float HeightOf(Typesetter type, float width) => (width * grid.Rows / grid.Columns) + LegendHeight;

    public void Draw(SKCanvas canvas, Typesetter type, SKRect area)
    {
        var picture = SKRect.Create(area.Left, area.Top, area.Width, area.Height - LegendHeight);
        using (SKImage cells = CellsImage())
        {
            canvas.DrawImage(cells, picture, SKSamplingOptions.Default);
        }

        MapDrawing.DrawFrame(canvas, picture);
        float left = area.Left + type.WidthOf("0", TextStyle.Label) + 4;
        for (int i = 0; i < BarSteps; i++)
        {
            using var paint = new SKPaint { Color = Palette.Magnitude.At((i + 0.5) / BarSteps) };
            canvas.DrawRect(SKRect.Create(left + (BarLength * i / BarSteps), area.Bottom - 9, (BarLength / BarSteps) + 0.3f, 7), paint);
        }

        type.Draw(canvas, "0", area.Left, area.Bottom - 2.5f, TextStyle.Label);
        type.Draw(canvas, Format.Pixels(Largest) + " RMS; white: no observation", left + BarLength + 4, area.Bottom - 2.5f, TextStyle.Label);
    }

    private SKImage CellsImage()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(grid.Columns, grid.Rows, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (int i = 0; i < grid.Counts.Count; i++)
        {
            SKColor color = grid.Counts[i] == 0 ? Palette.Paper : Palette.Magnitude.At(grid.RootMeanSquares[i] / Largest);
            bitmap.SetPixel(i % grid.Columns, i / grid.Columns, color);
        }

        return SKImage.FromBitmap(bitmap);
    }
}
