using SkiaSharp;

namespace OdmNode.Engine.Report.Layout;

/// <summary>Blocks below each other that stay on one page: a picture and what it shows.</summary>
internal sealed class Stack(float gap, params IReadOnlyList<IBlock> blocks) : IBlock
{
    public float HeightOf(Typesetter type, float width) =>
        blocks.Sum(block => block.HeightOf(type, width)) + (gap * (blocks.Count - 1));

    public void Draw(SKCanvas canvas, Typesetter type, SKRect area)
    {
        float top = area.Top;
        foreach (IBlock block in blocks)
        {
            float height = block.HeightOf(type, area.Width);
            block.Draw(canvas, type, SKRect.Create(area.Left, top, area.Width, height));
            top += height + gap;
        }
    }
}
