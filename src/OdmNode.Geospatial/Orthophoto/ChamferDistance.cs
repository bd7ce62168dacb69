namespace OdmNode.Geospatial.Orthophoto;

/// <summary>Distances over a raster in two passes, 3 for a step along rows and columns and 4 for a diagonal one: at most 8 % off.</summary>
/// <remarks>G. Borgefors, Distance transformations in digital images, CVGIP 34 (1986).</remarks>
internal static class ChamferDistance
{
    /// <summary>The distance between neighbours in a row.</summary>
    public const int Unit = 3;

    /// <summary>The distance between neighbours across a corner.</summary>
    public const int Diagonal = 4;

    private const int Farthest = ushort.MaxValue - Diagonal;

    /// <summary>Of every cell from the nearest of some places, in <see cref="Unit"/>s of a cell; 65531 where there is none, or none so near.</summary>
    /// <param name="places">Cells of the raster.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public static ushort[] From(ReadOnlySpan<int> places, int width, int height)
    {
        ushort[] distances = new ushort[width * height];
        Array.Fill(distances, (ushort)Farthest);
        foreach (int place in places)
        {
            distances[place] = 0;
        }

        for (int y = 0; y < height; y++)
        {
            Sweep(distances, y > 0 ? (y - 1) * width : -1, y * width, width, 1);
        }

        for (int y = height - 1; y >= 0; y--)
        {
            Sweep(distances, y + 1 < height ? (y + 1) * width : -1, y * width, width, -1);
        }

        return distances;
    }

    /// <summary>Carries distances from the row before, if there is one, and along the row in a direction.</summary>
    private static void Sweep(ushort[] distances, int before, int row, int width, int direction)
    {
        ReadOnlySpan<ushort> from = before < 0 ? [] : distances.AsSpan(before, width);
        Span<ushort> to = distances.AsSpan(row, width);
        for (int k = 0; k < width; k++)
        {
            int x = direction > 0 ? k : width - 1 - k;
            int least = to[x];
            least = (uint)(x - direction) < (uint)width ? Math.Min(least, to[x - direction] + Unit) : least;
            if (!from.IsEmpty)
            {
                least = Math.Min(least, from[x] + Unit);
                least = x > 0 ? Math.Min(least, from[x - 1] + Diagonal) : least;
                least = x + 1 < width ? Math.Min(least, from[x + 1] + Diagonal) : least;
            }

            to[x] = (ushort)Math.Min(least, Farthest);
        }
    }
}
