using SkiaSharp;

namespace OdmNode.Engine.Report.Layout;

/// <summary>What one looks for first: a row of values with a word below each.</summary>
internal sealed class KeyFigures(IReadOnlyList<(string Value, string Label)> figures) : IBlock
{
    private const float Height = 48;
    private const float Gap = 7;
    private const float Padding = 8;

    public float SpaceAfter => 14;

    public float HeightOf(Typesetter type, float width) => Height;

    public void Draw(SKCanvas canvas, Typesetter type, SKRect area)
    {
        float width = (area.Width - (Gap * (figures.Count - 1))) / figures.Count;
        using var panel = new SKPaint { Color = Palette.Panel, IsAntialias = true };
        using var edge = new SKPaint { Color = Palette.Accent };
        for (int i = 0; i < figures.Count; i++)
        {
            var tile = SKRect.Create(area.Left + (i * (width + Gap)), area.Top, width, Height);
            canvas.DrawRect(tile, panel);
            canvas.DrawRect(SKRect.Create(tile.Left, tile.Top, 2, Height), edge);
            float room = width - (2 * Padding);
            type.Draw(canvas, type.Shortened(figures[i].Value, TextStyle.KeyFigure, room), tile.Left + Padding, tile.Top + 22, TextStyle.KeyFigure);
            type.Draw(canvas, type.Shortened(figures[i].Label, TextStyle.Small, room), tile.Left + Padding, tile.Top + 38, TextStyle.Small);
        }
    }
}
