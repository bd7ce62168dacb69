using SkiaSharp;

namespace OdmNode.Engine.Report.Layout;

/// <summary>How a piece of text looks.</summary>
/// <param name="Weight">Of the one family that the report uses.</param>
/// <param name="Size">Points.</param>
/// <param name="Color">Of the letters.</param>
internal sealed record TextStyle(FontWeight Weight, float Size, SKColor Color)
{
    public static readonly TextStyle Title = new(FontWeight.Bold, 25, Palette.Ink);
    public static readonly TextStyle Heading = new(FontWeight.Semibold, 14, Palette.Ink);
    public static readonly TextStyle SubHeading = new(FontWeight.Semibold, 10, Palette.Accent);
    public static readonly TextStyle KeyFigure = new(FontWeight.Semibold, 12.5f, Palette.Ink);
    public static readonly TextStyle Body = new(FontWeight.Regular, 9, Palette.Ink);
    public static readonly TextStyle Cell = new(FontWeight.Regular, 8.5f, Palette.Ink);
    public static readonly TextStyle CellLabel = new(FontWeight.Regular, 8.5f, Palette.Faded);
    public static readonly TextStyle ColumnHead = new(FontWeight.Semibold, 7.5f, Palette.Faded);
    public static readonly TextStyle Small = new(FontWeight.Regular, 7.5f, Palette.Faded);
    public static readonly TextStyle Label = new(FontWeight.Regular, 7, Palette.Ink);

    /// <summary>Distance of two base lines, points.</summary>
    public float LineHeight => 1.4f * Size;
}
