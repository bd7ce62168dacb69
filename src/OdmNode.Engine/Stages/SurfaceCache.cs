using OdmNode.Engine.Running;
using OdmNode.Geospatial.Elevation;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Tiles of surfaces, kept for those that need them next: windows with a margin read each tile up to nine times.</summary>
internal sealed class SurfaceCache
{
    private const long CacheBytes = 160L << 20;
    private readonly LruCache<ElevationTile> tiles = new(CacheBytes);

    /// <summary>A tile of a surface; not to be changed.</summary>
    public ElevationTile Tile(StageOutput surface, GroundTile tile) => tiles.Get(
        surface.KeyOf(tile.Name).Hex, 5L * tile.Width * tile.Height, () => RasterElevationStage.LoadTile(surface, tile));

    /// <summary>A surface under a tile of any grid and a margin around it.</summary>
    public SurfaceWindow Window(StageOutput surface, TileGrid grid, GroundTile tile, double marginMetres) =>
        Window(surface, grid, CellRectangle.Around(grid.Grid, tile, marginMetres));

    /// <summary>A rectangle of a surface.</summary>
    public SurfaceWindow Window(StageOutput surface, TileGrid grid, CellRectangle cells) =>
        SurfaceWindow.Assemble(grid.Grid, cells, Tiles(surface, grid, cells));

    /// <summary>The tiles that there are of a rectangle of a surface.</summary>
    public IEnumerable<ElevationTile> Tiles(StageOutput surface, TileGrid grid, CellRectangle cells) =>
        grid.Tiles().Where(cells.Intersects).Where(tile => surface.Contains(tile.Name)).Select(tile => Tile(surface, tile));

    /// <summary>Lets go of everything.</summary>
    public void Clear() => tiles.Clear();
}
