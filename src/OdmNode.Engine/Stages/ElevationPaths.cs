using OdmNode.Engine.Assets;

namespace OdmNode.Engine.Stages;

/// <summary>The rasters of an elevation model.</summary>
/// <param name="Heights">Metres.</param>
/// <param name="Origins">Which heights were measured and which filled.</param>
/// <param name="Distances">Distance to the nearest cell that was not measured; with <c>dem-euclidean-map</c>.</param>
internal sealed record ElevationPaths(string Heights, string Origins, string Distances)
{
    public static ElevationPaths Surface { get; } = new(AssetPaths.SurfaceModel, AssetPaths.SurfaceOrigins, AssetPaths.SurfaceDistances);

    public static ElevationPaths Terrain { get; } = new(AssetPaths.TerrainModel, AssetPaths.TerrainOrigins, AssetPaths.TerrainDistances);
}
