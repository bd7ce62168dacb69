using SkiaSharp;

namespace OdmNode.Engine.Report.Layout;

/// <summary>Blocks of equal width beside each other.</summary>
internal sealed class SideBySide(params IReadOnlyList<IBlock> blocks) : IBlock
{
    private const float Gap = 22;

    public float HeightOf(Typesetter type, float width) => blocks.Max(block => block.HeightOf(type, ColumnOf(width)));

    public void Draw(SKCanvas canvas, Typesetter type, SKRect area)
    {
        float column = ColumnOf(area.Width);
        for (int i = 0; i < blocks.Count; i++)
        {
            blocks[i].Draw(canvas, type, SKRect.Create(
                area.Left + (i * (column + Gap)), area.Top, column, blocks[i].HeightOf(type, column)));
        }
    }

    private float ColumnOf(float width) => (width - (Gap * (blocks.Count - 1))) / blocks.Count;
}
