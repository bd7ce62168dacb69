using OdmNode.Geospatial.Elevation;

namespace OdmNode.Geospatial.Terrain;

/// <summary>What was measured in a coarse cell: how much, its mean height, and where its middle lies from the cell's, in coarse cells.</summary>
internal readonly record struct MeasuredPart(int Count, float Mean, float X, float Y)
{
    public static MeasuredPart Of(ElevationTile tile, int left, int top)
    {
        double sum = 0;
        (long columns, long rows) = (0, 0);
        int count = 0;
        for (int y = top; y < Math.Min(top + TerrainTrend.Factor, tile.Tile.Height); y++)
        {
            for (int x = left; x < Math.Min(left + TerrainTrend.Factor, tile.Tile.Width); x++)
            {
                float value = tile.Heights[(y * tile.Tile.Width) + x];
                if (!float.IsNaN(value))
                {
                    sum += value;
                    columns += x - left;
                    rows += y - top;
                    count++;
                }
            }
        }

        return count == 0
            ? default
            : new MeasuredPart(count, (float)(sum / count), Place(columns, count), Place(rows, count));
    }

    /// <summary>NaN when nothing was measured.</summary>
    /// <param name="slopeX">Metres per coarse cell.</param>
    /// <param name="slopeY">The same along rows.</param>
    public float HeightAtCentre(float slopeX, float slopeY) => Count == 0 ? float.NaN : Mean - (slopeX * X) - (slopeY * Y);

    private static float Place(long sum, int count) => ((((float)sum / count) + 0.5f) / TerrainTrend.Factor) - 0.5f;
}
