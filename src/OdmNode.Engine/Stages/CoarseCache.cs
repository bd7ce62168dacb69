using OdmNode.Engine.Running;
using OdmNode.Geospatial.Elevation;
using OdmNode.Pipeline.Stages;

namespace OdmNode.Engine.Stages;

/// <summary>The coarse surface of the measured tiles, made once for all who need it.</summary>
internal sealed class CoarseCache
{
    private readonly LruCache<CoarseSurface> surfaces = new(0);

    /// <param name="measured">The measured tiles.</param>
    /// <param name="tiles">Their grid.</param>
    public CoarseSurface Get(StageOutput measured, TileGrid tiles)
    {
        string key = string.Concat(measured.Units.Select(unit => unit.Key.Hex[..16]));
        return surfaces.Get(key, 1, () => CoarseSurface.Build(
            tiles.Grid, measured.Units.Select(unit => RasterElevationStage.LoadTile(measured, tiles.TileOf(unit.Name)))));
    }
}
