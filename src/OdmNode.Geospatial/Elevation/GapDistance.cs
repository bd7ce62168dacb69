using System.Runtime.InteropServices;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Elevation;

/// <summary>How far every cell of a raster is from the nearest gap, in cells, exactly, for rasters of any height.</summary>
/// <remarks>
/// P. F. Felzenszwalb, D. P. Huttenlocher, Distance transforms of sampled functions, Theory of Computing 8 (2012). Columns first: going
/// down while tiles come in, the way to the gap above is noted in a file; going up again it is joined with that to the gap below, and
/// each row becomes the lower envelope of parabolas.
/// </remarks>
public sealed class GapDistance : IDisposable
{
    private const int Far = int.MaxValue / 2;
    private readonly GroundGrid grid;
    private readonly FileStream ways;
    private readonly int[] up;

    /// <param name="scratchPath">A file of four bytes per cell, removed at the end.</param>
    /// <param name="grid">The cells of the raster.</param>
    public GapDistance(string scratchPath, GroundGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        this.grid = grid;
        ways = new FileStream(scratchPath, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        up = new int[grid.Width];
        Array.Fill(up, Far);
    }

    /// <summary>Takes a tile; all tiles of the grid must come in reading order.</summary>
    /// <param name="tile">The cells.</param>
    /// <param name="isKnown">height × width; the others are gaps.</param>
    public void Add(GroundTile tile, ReadOnlySpan<bool> isKnown)
    {
        ArgumentNullException.ThrowIfNull(tile);
        Span<int> way = up.AsSpan(tile.X, tile.Width);
        for (int y = 0; y < tile.Height; y++)
        {
            for (int x = 0; x < tile.Width; x++)
            {
                way[x] = isKnown[(y * tile.Width) + x] ? Math.Min(way[x] + 1, Far) : 0;
            }

            ways.Position = sizeof(int) * (((long)(tile.Y + y) * grid.Width) + tile.X);
            ways.Write(MemoryMarshal.AsBytes(way));
        }
    }

    /// <summary>Hands out the rows in strips, the southernmost first; NaN when the raster has no gap.</summary>
    /// <param name="rows">Of a strip; the last may have fewer. Strips begin at multiples of it.</param>
    /// <param name="threads">Rows worked on at a time; the result does not depend on it.</param>
    /// <param name="take">Gets a tile as wide as the raster and its distances in cells: 0 in gaps.</param>
    /// <param name="cancellationToken">Asked once per strip.</param>
    public void Measure(int rows, int threads, Action<GroundTile, float[]> take, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(take);
        int[] down = new int[grid.Width];
        Array.Fill(down, Far);
        for (int strip = (grid.Height - 1) / rows; strip >= 0; strip--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int first = strip * rows;
            int count = Math.Min(rows, grid.Height - first);
            int[] way = new int[count * grid.Width];
            ways.Position = sizeof(int) * (long)first * grid.Width;
            ways.ReadExactly(MemoryMarshal.AsBytes(way.AsSpan()));
            for (int i = way.Length - 1; i >= 0; i--)
            {
                ref int below = ref down[i % grid.Width];
                below = way[i] == 0 ? 0 : Math.Min(below + 1, Far);
                way[i] = Math.Min(way[i], below);
            }

            float[] distances = new float[way.Length];
            Parallel.For(
                0,
                count,
                new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
                row => Envelope(way.AsSpan(row * grid.Width, grid.Width), distances.AsSpan(row * grid.Width, grid.Width)));
            take(new GroundTile(grid, 0, strip, 0, first, grid.Width, count), distances);
        }
    }

    public void Dispose() => ways.Dispose();

    /// <summary>Least √((x - q)² + way(q)²) over the columns q.</summary>
    private static void Envelope(ReadOnlySpan<int> way, Span<float> distances)
    {
        int[] columns = new int[way.Length];
        double[] from = new double[way.Length];
        int count = 0;
        for (int q = 0; q < way.Length; q++)
        {
            if (way[q] >= Far)
            {
                continue;
            }

            double begin = double.NegativeInfinity;
            while (count > 0)
            {
                begin = Crossing(columns[count - 1], way[columns[count - 1]], q, way[q]);
                if (begin > from[count - 1])
                {
                    break;
                }

                count--;
                begin = double.NegativeInfinity;
            }

            columns[count] = q;
            from[count++] = begin;
        }

        int lowest = 0;
        for (int x = 0; x < way.Length; x++)
        {
            while (lowest + 1 < count && from[lowest + 1] < x)
            {
                lowest++;
            }

            double dx = count == 0 ? double.NaN : x - columns[lowest];
            double dy = count == 0 ? double.NaN : way[columns[lowest]];
            distances[x] = (float)Math.Sqrt((dx * dx) + (dy * dy));
        }
    }

    /// <summary>Where the parabola of a later column falls below that of an earlier one.</summary>
    private static double Crossing(double p, double wayP, double q, double wayQ) =>
        ((wayQ * wayQ) + (q * q) - (wayP * wayP) - (p * p)) / (2 * (q - p));
}
