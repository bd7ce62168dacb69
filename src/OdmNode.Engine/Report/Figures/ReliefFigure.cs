using OdmNode.Engine.Report.Layout;
using SkiaSharp;

namespace OdmNode.Engine.Report.Figures;

/// <summary>An elevation model with the heights of its colours.</summary>
internal sealed class ReliefFigure(ReliefImage relief, float mostHeight) : IBlock
{
    private const float Gap = 10;
    private readonly MapFigure map = new(relief.Map, mostHeight);

    public float HeightOf(Typesetter type, float width) => map.HeightOf(type, width - ColorBar.Width - Gap);

    public void Draw(SKCanvas canvas, Typesetter type, SKRect area)
    {
        float width = area.Height * relief.Map.Image.Width / relief.Map.Image.Height;
        float left = area.Left + (0.5f * (area.Width - width - Gap - ColorBar.Width));
        map.Draw(canvas, type, SKRect.Create(left, area.Top, width, area.Height));
        ColorBar.Draw(
            canvas,
            type,
            SKRect.Create(left + width + Gap, area.Top, ColorBar.Width, area.Height),
            Palette.Relief,
            place => Format.Decimal(relief.Lowest + (place * (relief.Highest - relief.Lowest)), 1) + " m");
    }
}
