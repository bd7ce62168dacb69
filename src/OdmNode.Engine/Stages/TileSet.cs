using OdmNode.Engine.Assets;
using OdmNode.Geospatial.Tiles;
using OdmNode.Pipeline.Checkpoints;

namespace OdmNode.Engine.Stages;

/// <summary>The tiles of one raster: ODM's zooms, cut into blocks.</summary>
/// <param name="Raster">The file that they are made of.</param>
/// <param name="Folder">Where they go, relative to the project, with a slash.</param>
/// <param name="Bounds">What the raster covers.</param>
/// <param name="MostZoom">The last zoom.</param>
internal sealed record TileSet(ArtefactRecord Raster, string Folder, MercatorBox Bounds, int MostZoom)
{
    /// <summary>The first zoom.</summary>
    public const int LeastZoom = 5;

    private const int DeepestZoom = 23;
    private const int BlockSide = 8;

    /// <summary>Rasters that tiles are made of, and their folders.</summary>
    public static IReadOnlyList<(string Raster, string Folder)> Kinds { get; } =
    [
        (AssetPaths.Orthophoto, AssetPaths.OrthophotoTiles), (AssetPaths.SurfaceModel, AssetPaths.SurfaceTiles),
        (AssetPaths.TerrainModel, AssetPaths.TerrainTiles),
    ];

    public static TileSet Of(string projectFolder, ArtefactRecord raster, string folder)
    {
        using TileRenderer renderer = TileRenderer.Open(Path.Combine(projectFolder, raster.Path));
        int most = Math.Clamp(TileAddress.ZoomOf(renderer.CellSize), LeastZoom, DeepestZoom);
        return new TileSet(raster, folder, renderer.Bounds, most);
    }

    /// <summary>Name of the unit and its tiles, from the coarsest zoom.</summary>
    public IEnumerable<(string Name, TileBlock Block)> Blocks()
    {
        for (int zoom = LeastZoom; zoom <= MostZoom; zoom++)
        {
            foreach (TileBlock block in TileBlock.Covering(Bounds, zoom, BlockSide))
            {
                yield return (FormattableString.Invariant($"{Folder}{zoom}/{block.Column}-{block.Row}"), block);
            }
        }
    }
}
