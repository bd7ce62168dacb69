using SkiaSharp;

namespace OdmNode.Engine.Report.Layout;

/// <summary>Rows of text under column heads; goes on on the next page, where the heads are repeated.</summary>
/// <param name="columns">At least one.</param>
/// <param name="rows">A text for each column; the first is the name of the row.</param>
internal sealed class Table(IReadOnlyList<TableColumn> columns, IReadOnlyList<IReadOnlyList<string>> rows) : IBlock
{
    private const float Padding = 6;
    private const float RowPadding = 3.2f;
    private const int LeastRows = 2;

    private bool HasHeads => columns.Any(column => column.Head.Length > 0);

    private float HeadHeight => HasHeads ? TextStyle.ColumnHead.LineHeight + (2 * RowPadding) : 0;

    public float HeightOf(Typesetter type, float width) => HeadHeight + rows.Sum(row => RowHeight(type, row, width));

    public float LeastHeightOf(Typesetter type, float width) => HeadHeight + rows.Take(LeastRows).Sum(row => RowHeight(type, row, width));

    public (IBlock Head, IBlock Tail)? SplitAt(Typesetter type, float width, float height)
    {
        float used = HeadHeight;
        int count = 0;
        while (count < rows.Count && used + RowHeight(type, rows[count], width) <= height)
        {
            used += RowHeight(type, rows[count], width);
            count++;
        }

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
                type.DrawLines(canvas, type.Wrap(row[i], style, width - Padding), left, top + RowPadding, style);
            }

            left += width;
        }
    }

    private float RowHeight(Typesetter type, IReadOnlyList<string> row, float width)
    {
        int lines = Enumerable.Range(0, columns.Count)
            .Max(i => columns[i].IsNumber ? 1 : type.Wrap(row[i], StyleOf(i), WidthOf(i, width) - Padding).Count);
        return (lines * TextStyle.Cell.LineHeight) + (2 * RowPadding);
    }

    private float WidthOf(int column, float width) => width * columns[column].Share / columns.Sum(other => other.Share);

    private static TextStyle StyleOf(int column) => column == 0 ? TextStyle.CellLabel : TextStyle.Cell;
}
