using System.Text;
using SkiaSharp;

namespace OdmNode.Engine.Report.Layout;

/// <summary>Measures, breaks and draws text.</summary>
internal sealed class Typesetter(ReportFonts fonts)
{
    private const string Ellipsis = "…";

    public float WidthOf(string text, TextStyle style)
    {
        float width = 0;
        foreach ((string run, SKTypeface face) in fonts.Runs(Printable(text), style.Weight))
        {
            using SKFont font = FontOf(face, style);
            width += font.MeasureText(run);
        }

        return width;
    }

    /// <summary>Draws one line.</summary>
    /// <param name="canvas">Where to.</param>
    /// <param name="text">Without line ends.</param>
    /// <param name="x">Left end, middle or right end of the line.</param>
    /// <param name="baseline">Height of the base line.</param>
    /// <param name="style">Look.</param>
    /// <param name="align">What <paramref name="x"/> means.</param>
    public void Draw(SKCanvas canvas, string text, float x, float baseline, TextStyle style, SKTextAlign align = SKTextAlign.Left)
    {
        float left = align switch
        {
            SKTextAlign.Center => x - (0.5f * WidthOf(text, style)),
            SKTextAlign.Right => x - WidthOf(text, style),
            _ => x,
        };
        using var paint = new SKPaint { Color = style.Color, IsAntialias = true };
        foreach ((string run, SKTypeface face) in fonts.Runs(Printable(text), style.Weight))
        {
            using SKFont font = FontOf(face, style);
            canvas.DrawText(run, left, baseline, SKTextAlign.Left, font, paint);
            left += font.MeasureText(run);
        }
    }

    /// <summary>Draws lines from a top edge downwards and returns where they end.</summary>
    public float DrawLines(SKCanvas canvas, IReadOnlyList<string> lines, float x, float top, TextStyle style, SKTextAlign align = SKTextAlign.Left)
    {
        float baseline = top + (1.05f * style.Size);
        foreach (string line in lines)
        {
            Draw(canvas, line, x, baseline, style, align);
            baseline += style.LineHeight;
        }

        return top + (lines.Count * style.LineHeight);
    }

    /// <summary>Breaks text at blanks, and inside of a word that is wider than the line.</summary>
    public IReadOnlyList<string> Wrap(string text, TextStyle style, float width)
    {
        var lines = new List<string>();
        string line = "";
        foreach (string word in Printable(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : line + " " + word;
            if (WidthOf(longer, style) <= width)
            {
                line = longer;
                continue;
            }

            if (line.Length > 0)
            {
                lines.Add(line);
            }

            line = word;
            while (WidthOf(line, style) > width && Fitting(line, style, width) is var count && count < line.Length)
            {
                lines.Add(line[..count]);
                line = line[count..];
            }
        }

        lines.Add(line);
        return lines;
    }

    /// <summary>Text that is too wide loses its middle: names differ at their ends.</summary>
    public string Shortened(string text, TextStyle style, float width)
    {
        string printable = Printable(text);
        if (WidthOf(printable, style) <= width)
        {
            return printable;
        }

        Rune[] letters = [.. printable.EnumerateRunes()];
        for (int kept = letters.Length - 1; kept > 1; kept--)
        {
            int head = (kept + 1) / 2;
            string shorter = string.Concat(letters[..head]) + Ellipsis + string.Concat(letters[^(kept - head)..]);
            if (WidthOf(shorter, style) <= width)
            {
                return shorter;
            }
        }

        return Ellipsis;
    }

    /// <summary>How many characters fit a line: at least one letter, so that breaking ends.</summary>
    private int Fitting(string word, TextStyle style, float width)
    {
        int count = 0;
        foreach (Rune letter in word.EnumerateRunes())
        {
            int next = count + letter.Utf16SequenceLength;
            if (count > 0 && WidthOf(word[..next], style) > width)
            {
                break;
            }

            count = next;
        }

        return count;
    }

    /// <summary>Control characters have no shape, and halves of a letter none either.</summary>
    private static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (Rune letter in text.EnumerateRunes())
        {
            printable.Append(Rune.IsControl(letter) ? " " : letter.ToString());
        }

        return printable.ToString();
    }

    private static SKFont FontOf(SKTypeface face, TextStyle style) => new(face, style.Size)
    {
        Subpixel = true,
        Hinting = SKFontHinting.None,
        Edging = SKFontEdging.Antialias,
    };
}
