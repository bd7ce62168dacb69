using System.Runtime.Intrinsics;
using OdmNode.Geospatial.Gdal;

namespace OdmNode.Geospatial.Tiles;

/// <summary>The mean around a place, weighted by a tent: bilinear interpolation where its radius is one cell, wider where cells are reduced.</summary>
internal static class TentFilter
{
    /// <param name="cells">Values of a window, each multiplied by its own weight, which is the last of four.</param>
    /// <param name="window">Its size.</param>
    /// <param name="column">From the window's left edge, the centre of its first cell being at 0.5.</param>
    /// <param name="row">From its upper edge.</param>
    /// <param name="radius">At least 1.</param>
    /// <returns>Weighted means; cells outside the window count with weight 0.</returns>
    public static Vector128<float> At(ReadOnlySpan<Vector128<float>> cells, CellWindow window, float column, float row, float radius)
    {
        int left = (int)MathF.Ceiling(column - radius - 0.5f);
        int right = (int)MathF.Floor(column + radius - 0.5f);
        int top = (int)MathF.Ceiling(row - radius - 0.5f);
        int bottom = (int)MathF.Floor(row + radius - 0.5f);
        float inverse = 1 / radius;
        Vector128<float> sum = Vector128<float>.Zero;
        float across = 0;
        for (int x = left; x <= right; x++)
        {
            across += 1 - (MathF.Abs(x + 0.5f - column) * inverse);
        }

        float down = 0;
        for (int y = top; y <= bottom; y++)
        {
            float rowWeight = 1 - (MathF.Abs(y + 0.5f - row) * inverse);
            down += rowWeight;
            if ((uint)y >= (uint)window.Height)
            {
                continue;
            }

            Vector128<float> rowSum = Vector128<float>.Zero;
            int first = Math.Max(0, left);
            int last = Math.Min(window.Width - 1, right);
            for (int x = first; x <= last; x++)
            {
                rowSum += cells[(y * window.Width) + x] * (1 - (MathF.Abs(x + 0.5f - column) * inverse));
            }

            sum += rowSum * rowWeight;
        }

        return sum / (across * down);
    }
}
