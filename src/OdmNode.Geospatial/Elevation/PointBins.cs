using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Elevation;

/// <summary>The points of a tile and its margin that do not lie on walls, sorted into square bins anchored at the grid, in an order of their own.</summary>
/// <remarks>Bins and order do not depend on the tile or on how points were spread over clouds: sums come out the same.</remarks>
internal sealed class PointBins
{
    private const float WallNormal = 0.3f;
    private readonly int[] starts;

    /// <param name="tile">The cells that will ask.</param>
    /// <param name="clouds">Points in the coordinates of the grid; each point once.</param>
    /// <param name="binCells">Edge of a bin, cells.</param>
    /// <param name="marginBins">Bins kept around those that touch the tile.</param>
    public PointBins(GroundTile tile, IReadOnlyList<PointCloud> clouds, int binCells, int marginBins)
    {
        BinCells = binCells;
        FirstColumn = (int)Math.Floor((double)tile.X / binCells) - marginBins;
        FirstRow = (int)Math.Floor((double)tile.Y / binCells) - marginBins;
        Columns = ((tile.X + tile.Width - 1) / binCells) + marginBins - FirstColumn + 1;
        Rows = ((tile.Y + tile.Height - 1) / binCells) + marginBins - FirstRow + 1;
        starts = new int[(Columns * Rows) + 1];
        int total = clouds.Sum(cloud => cloud.Count);
        double[] column = new double[total];
        double[] row = new double[total];
        float[] height = new float[total];
        int[] bin = new int[total];
        GroundGrid grid = tile.Grid;
        int next = 0;
        foreach (PointCloud cloud in clouds)
        {
            for (int i = 0; i < cloud.Count; i++, next++)
            {
                column[next] = (cloud.Origin.X + cloud.Positions[3 * i] - grid.West) / grid.Resolution;
                row[next] = (grid.North - cloud.Origin.Y - cloud.Positions[(3 * i) + 1]) / grid.Resolution;
                height[next] = (float)(cloud.Origin.Z + cloud.Positions[(3 * i) + 2]);
                int bx = (int)Math.Floor(column[next] / binCells) - FirstColumn;
                int by = (int)Math.Floor(row[next] / binCells) - FirstRow;
                bool kept = (uint)bx < (uint)Columns && (uint)by < (uint)Rows && !IsWall(cloud.Normals.AsSpan(3 * i, 3));
                bin[next] = kept ? (by * Columns) + bx : -1;
                if (bin[next] >= 0)
                {
                    starts[bin[next] + 1]++;
                }
            }
        }

        for (int b = 0; b < Columns * Rows; b++)
        {
            starts[b + 1] += starts[b];
        }

        X = new float[starts[^1]];
        Y = new float[starts[^1]];
        Z = new float[starts[^1]];
        int[] fill = starts[..^1];
        for (int i = 0; i < total; i++)
        {
            if (bin[i] < 0)
            {
                continue;
            }

            int place = fill[bin[i]]++;
            X[place] = (float)(column[i] - ((double)(FirstColumn + (bin[i] % Columns)) * binCells));
            Y[place] = (float)(row[i] - ((double)(FirstRow + (bin[i] / Columns)) * binCells));
            Z[place] = height[i];
        }

        SortWithinBins();
    }

    public int BinCells { get; }

    /// <summary>Column of bins, counted from the grid's corner, of the first bin kept.</summary>
    public int FirstColumn { get; }

    public int FirstRow { get; }

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>Cells from the left edge of the point's bin.</summary>
    public float[] X { get; }

    /// <summary>Cells from the upper edge of the point's bin.</summary>
    public float[] Y { get; }

    /// <summary>Metres.</summary>
    public float[] Z { get; }

    /// <summary>Where the points of a bin lie in the arrays.</summary>
    public (int Start, int End) RangeOf(int column, int row)
    {
        int bin = (row * Columns) + column;
        return (starts[bin], starts[bin + 1]);
    }

    /// <summary>
    /// Whether a point lies on something steeper than <see cref="WallNormal"/>: it has an area in a photo but none in plan, and would
    /// stand for ground or roof beside it. Points without a normal are kept.
    /// </summary>
    private static bool IsWall(ReadOnlySpan<float> normal) =>
        MathF.Abs(normal[2]) < WallNormal && (normal[0] != 0 || normal[1] != 0 || normal[2] != 0);

    private void SortWithinBins()
    {
        var scratch = new List<(float Z, float X, float Y)>();
        for (int bin = 0; bin < Columns * Rows; bin++)
        {
            int start = starts[bin];
            int count = starts[bin + 1] - start;
            if (count < 2)
            {
                continue;
            }

            scratch.Clear();
            for (int i = start; i < start + count; i++)
            {
                scratch.Add((Z[i], X[i], Y[i]));
            }

            scratch.Sort();
            for (int i = 0; i < count; i++)
            {
                (Z[start + i], X[start + i], Y[start + i]) = scratch[i];
            }
        }
    }
}
