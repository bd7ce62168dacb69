using System.Runtime.InteropServices;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Elevation;

/// <summary>How many points lie on each cell of a tile.</summary>
public sealed class PointCounts
{
    private PointCounts(GroundTile tile, int[] counts)
    {
        Tile = tile;
        Counts = counts;
    }

    public GroundTile Tile { get; }

    /// <summary>height × width numbers, rows from the north.</summary>
    public int[] Counts { get; }

    /// <summary>How densely the points lie; that of tiles adds up.</summary>
    public CloudDensity Density => new(Counts.Sum(count => (long)count), Counts.LongCount(count => count > 0), Tile.Grid.Resolution);

    /// <summary>Cells of several others, from the same corner.</summary>
    /// <param name="grid">The cells to put together.</param>
    /// <param name="factor">Along each edge; tiles whose size is a multiple of it keep their places.</param>
    public static GroundGrid Coarser(GroundGrid grid, int factor)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return grid with
        {
            Resolution = grid.Resolution * factor,
            Width = (grid.Width + factor - 1) / factor,
            Height = (grid.Height + factor - 1) / factor,
        };
    }

    /// <summary>Counts the points of a cloud.</summary>
    /// <param name="tile">Points beyond it are passed over, so that tiles with margins add up.</param>
    /// <param name="cloud">Points in the coordinates of the grid.</param>
    public static PointCounts Of(GroundTile tile, PointCloud cloud)
    {
        ArgumentNullException.ThrowIfNull(tile);
        ArgumentNullException.ThrowIfNull(cloud);
        var counts = new int[tile.Width * tile.Height];
        for (int i = 0; i < cloud.Count; i++)
        {
            double x = (cloud.Origin.X + cloud.Positions[3 * i] - tile.West) / tile.Grid.Resolution;
            double y = (tile.North - cloud.Origin.Y - cloud.Positions[(3 * i) + 1]) / tile.Grid.Resolution;
            if (x >= 0 && y >= 0 && x < tile.Width && y < tile.Height)
            {
                counts[((int)y * tile.Width) + (int)x]++;
            }
        }

        return new PointCounts(tile, counts);
    }

    /// <summary>Points per square metre as a tile to write; nothing known where there is none.</summary>
    public ElevationTile PerSquareMetre()
    {
        float area = (float)(Tile.Grid.Resolution * Tile.Grid.Resolution);
        return new ElevationTile(
            Tile, Array.ConvertAll(Counts, count => count == 0 ? float.NaN : count / area), new CellOrigin[Counts.Length]);
    }

    /// <summary>The numbers, little endian, without the tile, which the reader knows.</summary>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(MemoryMarshal.AsBytes<int>(Counts));
    }

    /// <summary>Reads what <see cref="Write"/> wrote for the same tile.</summary>
    public static PointCounts Read(Stream stream, GroundTile tile)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tile);
        var counts = new int[tile.Width * tile.Height];
        stream.ReadExactly(MemoryMarshal.AsBytes(counts.AsSpan()));
        return new PointCounts(tile, counts);
    }
}
