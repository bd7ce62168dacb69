using SkiaSharp;

namespace OdmNode.Engine.Report.Layout;

/// <summary>Running text.</summary>
/// <param name="text">Broken into lines.</param>
/// <param name="style">Look.</param>
/// <param name="introduces">True for a text that tells of what follows.</param>
internal sealed class Paragraph(string text, TextStyle style, bool introduces = false) : IBlock
{
    public float SpaceAfter => introduces ? 6 : 12;

    public bool StaysWithNext => introduces;

    public float HeightOf(Typesetter type, float width) => type.Wrap(text, style, width).Count * style.LineHeight;

    public void Draw(SKCanvas canvas, Typesetter type, SKRect area) =>
        type.DrawLines(canvas, type.Wrap(text, style, area.Width), area.Left, area.Top, style);
}
