using OdmNode.Geometry.Geodesy;
using OdmNode.Geospatial.Elevation;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>What all blocks of a tile share.</summary>
internal sealed record OrthoScene(
    GroundTile Tile, SurfaceWindow Surface, HorizonMap Horizon, IReadOnlyList<SceneView> Views, MapFrame? MapFrame, OrthophotoOptions Options)
{
    public float ToleranceMetres { get; } = (float)(Options.OcclusionToleranceCells * Tile.Grid.Resolution);
}
