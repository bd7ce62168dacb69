using SkiaSharp;

namespace OdmNode.Engine.Report.Layout;

/// <summary>Running text.</summary>
internal sealed class Paragraph(string text, TextStyle style) : IBlock
{
    public float HeightOf(Typesetter type, float width) => type.Wrap(text, style, width).Count * style.LineHeight;

    public void Draw(SKCanvas canvas, Typesetter type, SKRect area) =>
        type.DrawLines(canvas, type.Wrap(text, style, area.Width), area.Left, area.Top, style);
}
