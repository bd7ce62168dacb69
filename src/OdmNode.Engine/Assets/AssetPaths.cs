using System.Globalization;

namespace OdmNode.Engine.Assets;

/// <summary>ODM's places for what a run delivers, relative to the project folder.</summary>
public static class AssetPaths
{
    public const string Images = "images";
    public const string ImagesJson = "images.json";
    public const string ImageList = "img_list.txt";
    public const string CamerasJson = "cameras.json";
    public const string LogJson = "log.json";
    public const string TaskOutput = "task_output.txt";
    public const string Archive = "all.zip";
    public const string Coordinates = "odm_georeferencing/coords.txt";
    public const string ModelCoordinates = "odm_georeferencing/odm_georeferencing_model_geo.txt";
    public const string Projection = "odm_georeferencing/proj.txt";
    public const string ControlPoints = "odm_georeferencing/gcp_list_utm.txt";
    public const string ControlPointErrors = "odm_georeferencing/ground_control_points.geojson";
    public const string CloudLaz = "odm_georeferencing/odm_georeferenced_model.laz";
    public const string CloudLas = "odm_georeferencing/odm_georeferenced_model.las";
    public const string CloudPly = "odm_georeferencing/odm_georeferenced_model.ply";
    public const string CloudCsv = "odm_georeferencing/odm_georeferenced_model.csv";
    public const string CloudCopc = "odm_georeferencing/odm_georeferenced_model.copc.laz";
    public const string CloudInfo = "odm_georeferencing/odm_georeferenced_model.info.json";
    public const string CloudSummary = "odm_georeferencing/odm_georeferenced_model.summary.json";
    public const string CloudBoundary = "odm_georeferencing/odm_georeferenced_model.boundary.json";
    public const string BoundsGeoJson = "odm_georeferencing/odm_georeferenced_model.bounds.geojson";
    public const string BoundsGeoPackage = "odm_georeferencing/odm_georeferenced_model.bounds.gpkg";
    public const string EntwineFolder = "entwine_pointcloud/";
    public const string FilteredCloud = "odm_filterpoints/point_cloud.ply";
    public const string CloudStatistics = "odm_filterpoints/point_cloud_stats.json";
    public const string CloudDensity = "odm_filterpoints/point_cloud_density.tif";
    public const string TexturedModel = "odm_texturing/odm_textured_model_geo.obj";
    public const string TexturedModelMaterials = "odm_texturing/odm_textured_model_geo.mtl";
    public const string TexturedModelLegacyMaterials = "odm_texturing/odm_textured_model.mtl";
    public const string TexturedModelGlb = "odm_texturing/odm_textured_model_geo.glb";
    public const string Mesh = "odm_meshing/odm_mesh.ply";
    public const string SurfaceModel = "odm_dem/dsm.tif";
    public const string SurfaceOrigins = "odm_dem/dsm_origin.tif";
    public const string SurfaceDistances = "odm_dem/dsm.euclideand.tif";
    public const string TerrainModel = "odm_dem/dtm.tif";
    public const string TerrainOrigins = "odm_dem/dtm_origin.tif";
    public const string TerrainDistances = "odm_dem/dtm.euclideand.tif";
    public const string Orthophoto = "odm_orthophoto/odm_orthophoto.tif";
    public const string OrthophotoPng = "odm_orthophoto/odm_orthophoto.png";
    public const string OrthophotoKmz = "odm_orthophoto/odm_orthophoto.kmz";
    public const string OrthophotoCutline = "odm_orthophoto/cutline.gpkg";
    public const string OrthophotoWorldFile = "odm_orthophoto/odm_orthophoto.tfw";
    public const string OrthophotoPngWorldFile = "odm_orthophoto/odm_orthophoto.wld";
    public const string OrthophotoExtent = "odm_orthophoto/odm_orthophoto_extent.dxf";
    public const string OrthophotoTiles = "orthophoto_tiles/";
    public const string SurfaceTiles = "dsm_tiles/";
    public const string TerrainTiles = "dtm_tiles/";
    public const string Shots = "odm_report/shots.geojson";
    public const string Statistics = "odm_report/stats.json";
    public const string Report = "odm_report/report.pdf";

    /// <summary>What goes into <see cref="Archive"/> where it exists: files, and folders (with a slash) with all they hold.</summary>
    public static IReadOnlyList<string> ArchiveContent { get; } =
    [
        Orthophoto, OrthophotoWorldFile, OrthophotoPng, OrthophotoPngWorldFile,
        "odm_orthophoto/odm_orthophoto.mbtiles", OrthophotoKmz, OrthophotoExtent,
        OrthophotoCutline, "odm_georeferencing/", "odm_texturing/", SurfaceModel, SurfaceOrigins, TerrainModel, TerrainOrigins,
        SurfaceTiles, TerrainTiles, SurfaceDistances, TerrainDistances, OrthophotoTiles,
        "potree_pointcloud/", EntwineFolder, "3d_tiles/", ImagesJson, CamerasJson, TaskOutput, LogJson, "odm_report/",
    ];

    /// <summary>The picture of one material of the textured model.</summary>
    public static string TexturePicture(int material) =>
        string.Create(CultureInfo.InvariantCulture, $"odm_texturing/odm_textured_model_geo_material{material:0000}_map_Kd.jpg");
}
