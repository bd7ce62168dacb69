using OdmNode.Dense.Fusion;
using OdmNode.Dense.Meshing;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>How fine the surface is sampled, and in which tiles.</summary>
/// <param name="Tiles">Cells between voxels.</param>
/// <param name="CloudTiles">Those of the cloud that says where the surface is.</param>
/// <param name="Area">What the cloud covers.</param>
/// <param name="MostVertices">Of the finished mesh.</param>
internal sealed record MeshPlan(TileGrid Tiles, TileGrid CloudTiles, MapRectangle Area, int MostVertices)
{
    public const int TileCells = 384;

    /// <summary>Share of the largest piece below which another is dropped.</summary>
    public const double LeastPieceShare = 0.005;

    /// <summary>What a tile needs at most while its surface is not much more than two layers.</summary>
    public const long TileBytes = 1200L * TileCells * TileCells;

    /// <summary>Cells for each vertex that may be left: more would be thrown away again.</summary>
    private const double CellsPerVertex = 4;

    /// <summary>Triangles that tiles may keep for each one of the finished mesh.</summary>
    private const int Reserve = 4;

    private const double FreeErrorCells = 0.1;
    private const double LeastPieceCells = 30;
    private const double ReliefCells = 4;
    private const double MostReliefCells = 1 << 22;

    /// <summary>Error up to which triangles go in any case.</summary>
    public double FreeErrorMetres => FreeErrorCells * Tiles.Grid.Resolution;

    /// <summary>Surface below which a piece that hangs together with nothing is dropped.</summary>
    public double LeastPieceSquareMetres => Math.Pow(LeastPieceCells * Tiles.Grid.Resolution, 2);

    public double ReliefCellMetres => Math.Max(
        ReliefCells * Tiles.Grid.Resolution,
        Math.Sqrt((Area.East - Area.West) * (Area.North - Area.South) / MostReliefCells));

    /// <param name="cloudTiles">Of the fused cloud.</param>
    /// <param name="cloud">Of the filtered cloud.</param>
    /// <param name="meshSize">Option <c>mesh-size</c>.</param>
    /// <param name="octreeDepth">Option <c>mesh-octree-depth</c>: the survey is at most two to this power cells wide.</param>
    public static MeshPlan Of(TileGrid cloudTiles, CloudStatistics cloud, int meshSize, int octreeDepth)
    {
        double spacing = cloudTiles.Grid.Resolution;
        double[] extent = [.. cloud.Maximum.Zip(cloud.Minimum, static (high, low) => high - low)];
        double finest = extent.Max() / Math.Pow(2, octreeDepth);
        double needed = spacing * Math.Sqrt(cloud.Count / (CellsPerVertex * meshSize));

        // Whole tenths of a millimetre: a change of the last bit of the reconstruction does not shift the grid.
        double cell = Math.Max(0.001, Math.Round(Math.Max(spacing, Math.Max(finest, needed)), 4));
        var area = new MapRectangle(cloud.Minimum[0], cloud.Minimum[1], cloud.Maximum[0], cloud.Maximum[1]);
        const double margin = 4;
        GroundGrid grid = GroundGrid.Covering(
            area.West - (margin * cell), area.South - (margin * cell), area.East + (margin * cell), area.North + (margin * cell), cell);
        return new MeshPlan(
            new TileGrid(grid with { Width = Aligned(grid.Width), Height = Aligned(grid.Height) }, TileCells), cloudTiles, area, meshSize);
    }

    /// <summary>The share of a tile in what memory can take when all are joined.</summary>
    public int MostTrianglesOf(GroundTile tile)
    {
        double share = (double)tile.Width * tile.Height / ((double)Tiles.Grid.Width * Tiles.Grid.Height);
        return (int)Math.Min(2.0 * Reserve * MostVertices * share, int.MaxValue / 3);
    }

    private static int Aligned(int cells) => (cells + VoxelTile.Alignment - 1) / VoxelTile.Alignment * VoxelTile.Alignment;
}
