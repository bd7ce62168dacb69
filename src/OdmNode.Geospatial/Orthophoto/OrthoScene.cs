using OdmNode.Geometry.Geodesy;
using OdmNode.Geospatial.Elevation;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>What all blocks of a tile share.</summary>
/// <param name="Tile">The cells.</param>
/// <param name="Ground">Heights of the tile's own grid.</param>
/// <param name="Horizon">What hides them.</param>
/// <param name="Views">In the order of the survey.</param>
/// <param name="MapFrame">Null when the ground is in world coordinates.</param>
/// <param name="Options">The same for all tiles.</param>
internal sealed record OrthoScene(
    GroundTile Tile, SurfaceWindow Ground, HorizonMap Horizon, IReadOnlyList<SceneView> Views, MapFrame? MapFrame, OrthophotoOptions Options)
{
    public float ToleranceMetres { get; } = (float)(Options.OcclusionToleranceCells * Tile.Grid.Resolution);
}
