using SkiaSharp;

namespace OdmNode.Engine.Report.Layout;

/// <summary>Rows of text under column heads; a long table goes on on the next page, where the heads are repeated.</summary>
/// <param name="columns">At least one.</param>
/// <param name="rows">A text for each column; the first is the name of the row.</param>
internal sealed class Table(IReadOnlyList<TableColumn> columns, IReadOnlyList<IReadOnlyList<string>> rows) : IBlock
{
    private const float Padding = 6;
    private const float RowPadding = 3.2f;
    private const int LeastRows = 2;
    private const int MostRowsTogether = 30;
    private const int MostLines = 6;

    private bool HasHeads => columns.Any(column => column.Head.Length > 0);

    /// <summary>Short tables are read at a glance and stay on one page.</summary>
    private bool IsShort => rows.Count <= MostRowsTogether;

    private float HeadHeight => HasHeads ? TextStyle.ColumnHead.LineHeight + (2 * RowPadding) : 0;

    public float HeightOf(Typesetter type, float width) => HeadHeight + rows.Sum(row => RowHeight(type, row, width));

    public float LeastHeightOf(Typesetter type, float width) =>
        HeadHeight + rows.Take(IsShort ? rows.Count : LeastRows).Sum(row => RowHeight(type, row, width));

    public (IBlock Head, IBlock Tail)? SplitAt(Typesetter type, float width, float height)
    {
        float used = HeadHeight;
        int count = 0;
        while (count < rows.Count && used + RowHeight(type, rows[count], width) <= height)
        {
            used += RowHeight(type, rows[count], width);
            count++;
        }

        // No row stands alone on the next page.
        count -= count == rows.Count - 1 && count > LeastRows ? 1 : 0;
        return count == 0 || count == rows.Count
            ? null
            : (new Table(columns, [.. rows.Take(count)]), new Table(columns, [.. rows.Skip(count)]));
    }

    public void Draw(SKCanvas canvas, Typesetter type, SKRect area)
    {
        using var rule = new SKPaint { Color = Palette.Rule, StrokeWidth = 0.6f, Style = SKPaintStyle.Stroke };
        using var strong = new SKPaint { Color = Palette.Faded, StrokeWidth = 0.8f, Style = SKPaintStyle.Stroke };
        float top = area.Top;
        if (HasHeads)
        {
            DrawRow(canvas, type, [.. columns.Select(column => column.Head)], area, top, isHead: true);
            top += HeadHeight;
            canvas.DrawLine(area.Left, top, area.Right, top, strong);
        }

        foreach (IReadOnlyList<string> row in rows)
        {
            DrawRow(canvas, type, row, area, top, isHead: false);
            top += RowHeight(type, row, area.Width);
            canvas.DrawLine(area.Left, top, area.Right, top, rule);
        }
    }

    private void DrawRow(SKCanvas canvas, Typesetter type, IReadOnlyList<string> row, SKRect area, float top, bool isHead)
    {
        float left = area.Left;
        for (int i = 0; i < columns.Count; i++)
        {
            float width = WidthOf(i, area.Width);
            TextStyle style = isHead ? TextStyle.ColumnHead : StyleOf(i);
            if (isHead || columns[i].IsNumber)
            {
                string text = type.Shortened(row[i], style, width - Padding);
                float x = columns[i].IsNumber ? left + width : left;
                type.DrawLines(canvas, [text], x, top + RowPadding, style, columns[i].IsNumber ? SKTextAlign.Right : SKTextAlign.Left);
            }
            else
            {
                type.DrawLines(canvas, LinesOf(type, row[i], style, width), left, top + RowPadding, style);
            }

            left += width;
        }
    }

    private float RowHeight(Typesetter type, IReadOnlyList<string> row, float width)
    {
        int lines = Enumerable.Range(0, columns.Count)
            .Max(i => columns[i].IsNumber ? 1 : LinesOf(type, row[i], StyleOf(i), WidthOf(i, width)).Count);
        return (lines * TextStyle.Cell.LineHeight) + (2 * RowPadding);
    }

    private static IReadOnlyList<string> LinesOf(Typesetter type, string text, TextStyle style, float width)
    {
        IReadOnlyList<string> lines = type.Wrap(text, style, width - Padding);
        return lines.Count <= MostLines ? lines : [.. lines.Take(MostLines - 1), type.Shortened(lines[MostLines - 1] + "…", style, width - Padding)];
    }

    private float WidthOf(int column, float width) => width * columns[column].Share / columns.Sum(other => other.Share);

    private static TextStyle StyleOf(int column) => column == 0 ? TextStyle.CellLabel : TextStyle.Cell;
}
