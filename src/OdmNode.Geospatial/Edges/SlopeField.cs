using System.Runtime.Intrinsics;

namespace OdmNode.Geospatial.Edges;

/// <summary>Mean slopes of a surface around its sure cells, from sums over squares.</summary>
internal sealed class SlopeField
{
    private readonly int width;
    private readonly int height;
    private readonly int radius;

    /// <summary>Over all cells above and left of a corner: rises towards larger columns and rows, and how many of each are known.</summary>
    private readonly Vector256<double>[] sums;

    /// <param name="heights">height × width metres; NaN where unknown.</param>
    /// <param name="isUnsure">Cells that do not count.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="cellMetres">Edge of a cell.</param>
    /// <param name="radius">Half the edge of the square averaged over, cells.</param>
    public SlopeField(float[] heights, bool[] isUnsure, int width, int height, float cellMetres, int radius)
    {
        (this.width, this.height, this.radius) = (width, height, radius);
        sums = new Vector256<double>[(width + 1) * (height + 1)];
        for (int y = 0; y < height; y++)
        {
            Vector256<double> line = Vector256<double>.Zero;
            for (int x = 0; x < width; x++)
            {
                int cell = (y * width) + x;
                float right = x + 1 < width ? Rise(cell, cell + 1) : float.NaN;
                float down = y + 1 < height ? Rise(cell, cell + width) : float.NaN;
                line += Vector256.Create(Known(right), Known(down), float.IsNaN(right) ? 0 : 1, float.IsNaN(down) ? 0 : 1);
                int above = (y * (width + 1)) + x + 1;
                sums[above + width + 1] = sums[above] + line;
            }
        }

        static double Known(float rise) => float.IsNaN(rise) ? 0 : rise;

        // NaN where the one height or the other is not known.
        float Rise(int from, int to) => isUnsure[from] || isUnsure[to] ? float.NaN : (heights[to] - heights[from]) / cellMetres;
    }

    /// <summary>Rise per metre towards larger columns and rows, cut at a steepest one; 0 where too little is known.</summary>
    public (float X, float Y) At(int column, int row, float steepest)
    {
        int left = Math.Max(0, column - radius);
        int right = Math.Min(width, column + radius + 1);
        int top = Math.Max(0, row - radius);
        int bottom = Math.Min(height, row + radius + 1);
        Vector256<double> sum = sums[(bottom * (width + 1)) + right] - sums[(top * (width + 1)) + right]
            - sums[(bottom * (width + 1)) + left] + sums[(top * (width + 1)) + left];
        int enough = radius * radius;
        float x = sum.GetElement(2) < enough ? 0 : (float)(sum.GetElement(0) / sum.GetElement(2));
        float y = sum.GetElement(3) < enough ? 0 : (float)(sum.GetElement(1) / sum.GetElement(3));
        return (Math.Clamp(x, -steepest, steepest), Math.Clamp(y, -steepest, steepest));
    }
}
