using SkiaSharp;

namespace OdmNode.Engine.Report.Layout;

/// <summary>Names what follows.</summary>
/// <param name="text">One line.</param>
/// <param name="style"><see cref="TextStyle.Heading"/> gets a rule, the others not.</param>
internal sealed class Heading(string text, TextStyle style) : IBlock
{
    private bool HasRule => style == TextStyle.Heading;

    public float SpaceAfter => HasRule ? 9 : 4;

    public bool StaysWithNext => true;

    public float HeightOf(Typesetter type, float width) => style.LineHeight + (HasRule ? 5 : 0);

    public void Draw(SKCanvas canvas, Typesetter type, SKRect area)
    {
        type.DrawLines(canvas, [type.Shortened(text, style, area.Width)], area.Left, area.Top, style);
        if (HasRule)
        {
            using var paint = new SKPaint { Color = Palette.Accent, StrokeWidth = 1.2f, Style = SKPaintStyle.Stroke };
            canvas.DrawLine(area.Left, area.Bottom, area.Right, area.Bottom, paint);
        }
    }
}
