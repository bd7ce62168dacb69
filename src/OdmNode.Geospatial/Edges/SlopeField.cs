namespace OdmNode.Geospatial.Edges;

/// <summary>Mean slopes of a surface around its sure cells, from sums over squares.</summary>
internal sealed class SlopeField
{
    private readonly int width;
    private readonly int height;
    private readonly int radius;
    private readonly double[] sumX;
    private readonly double[] sumY;
    private readonly int[] countX;
    private readonly int[] countY;

    /// <param name="heights">height × width metres; NaN where unknown.</param>
    /// <param name="isUnsure">Cells that do not count.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="cellMetres">Edge of a cell.</param>
    /// <param name="radius">Half the edge of the square averaged over, cells.</param>
    public SlopeField(float[] heights, bool[] isUnsure, int width, int height, float cellMetres, int radius)
    {
        (this.width, this.height, this.radius) = (width, height, radius);
        sumX = new double[(width + 1) * (height + 1)];
        sumY = new double[sumX.Length];
        countX = new int[sumX.Length];
        countY = new int[sumX.Length];
        for (int y = 0; y < height; y++)
        {
            double lineX = 0;
            double lineY = 0;
            int linesX = 0;
            int linesY = 0;
            for (int x = 0; x < width; x++)
            {
                int cell = (y * width) + x;
                if (x + 1 < width && Rise(cell, cell + 1) is { } right)
                {
                    lineX += right;
                    linesX++;
                }

                if (y + 1 < height && Rise(cell, cell + width) is { } down)
                {
                    lineY += down;
                    linesY++;
                }

                int above = (y * (width + 1)) + x + 1;
                int here = above + width + 1;
                (sumX[here], sumY[here]) = (sumX[above] + lineX, sumY[above] + lineY);
                (countX[here], countY[here]) = (countX[above] + linesX, countY[above] + linesY);
            }
        }

        double? Rise(int from, int to) =>
            isUnsure[from] || isUnsure[to] || float.IsNaN(heights[from]) || float.IsNaN(heights[to])
                ? null
                : (heights[to] - heights[from]) / cellMetres;
    }

    /// <summary>Rise per metre towards larger columns and rows, cut at a steepest one; 0 where too little is known.</summary>
    public (float X, float Y) At(int column, int row, float steepest)
    {
        int left = Math.Max(0, column - radius);
        int right = Math.Min(width, column + radius + 1);
        int top = Math.Max(0, row - radius);
        int bottom = Math.Min(height, row + radius + 1);
        int a = (bottom * (width + 1)) + right;
        int b = (top * (width + 1)) + right;
        int c = (bottom * (width + 1)) + left;
        int d = (top * (width + 1)) + left;
        int enough = radius * radius;
        int inX = countX[a] - countX[b] - countX[c] + countX[d];
        int inY = countY[a] - countY[b] - countY[c] + countY[d];
        float x = inX < enough ? 0 : (float)((sumX[a] - sumX[b] - sumX[c] + sumX[d]) / inX);
        float y = inY < enough ? 0 : (float)((sumY[a] - sumY[b] - sumY[c] + sumY[d]) / inY);
        return (Math.Clamp(x, -steepest, steepest), Math.Clamp(y, -steepest, steepest));
    }
}
