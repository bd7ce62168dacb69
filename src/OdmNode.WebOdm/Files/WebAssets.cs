namespace OdmNode.WebOdm.Files;

/// <summary>All assets in the protocol's order, and which of them a set of results has.</summary>
public static class WebAssets
{
    private const string Cloud = "odm_georeferencing/odm_georeferenced_model";
    private const string BinaryModel = "odm_textured_model_geo.glb";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<WebAsset> All { get; } =
    [
        new("all.zip", null),
        new("orthophoto.tif", "odm_orthophoto/odm_orthophoto.tif"),
        new("orthophoto.png", "odm_orthophoto/odm_orthophoto.png"),
        new("orthophoto.mbtiles", "odm_orthophoto/odm_orthophoto.mbtiles"),
        new("orthophoto.kmz", "odm_orthophoto/odm_orthophoto.kmz"),
        new("cutline.gpkg", "odm_orthophoto/cutline.gpkg"),
        new("georeferenced_model.las", Cloud + ".las"),
        new("georeferenced_model.laz", Cloud + ".laz"),
        new("georeferenced_model.ply", Cloud + ".ply"),
        new("georeferenced_model.csv", Cloud + ".csv"),
        new("textured_model.zip", "odm_texturing", IsFolder: true) { Without = BinaryModel },
        new("textured_model.glb", "odm_texturing/" + BinaryModel),
        new("3d_tiles_model.zip", "3d_tiles/model", IsFolder: true),
        new("3d_tiles_pointcloud.zip", "3d_tiles/pointcloud", IsFolder: true),
        new("dtm.tif", "odm_dem/dtm.tif"),
        new("dsm.tif", "odm_dem/dsm.tif"),
        new("dtm_tiles.zip", "dtm_tiles", IsFolder: true),
        new("dsm_tiles.zip", "dsm_tiles", IsFolder: true),
        new("orthophoto_tiles.zip", "orthophoto_tiles", IsFolder: true),
        new("cameras.json", "cameras.json"),
        new("shots.geojson", "odm_report/shots.geojson"),
        new("report.pdf", "odm_report/report.pdf"),
        new("ground_control_points.geojson", "odm_georeferencing/ground_control_points.geojson"),
    ];

    /// <summary>The asset of that exact name; null when there is none.</summary>
    public static WebAsset? Find(string name) => All.FirstOrDefault(asset => asset.Name == name);

    /// <summary>Names of the assets that a set of results has.</summary>
    /// <param name="results">The set's folder.</param>
    public static IReadOnlyList<string> Available(string results) => [.. All.Where(asset => Exists(results, asset)).Select(asset => asset.Name)];

    private static bool Exists(string results, WebAsset asset)
    {
        if (asset.Path is not { } path)
        {
            return File.Exists(ResultFolder.Archive(results));
        }

        var full = Path.Combine(ResultFolder.Assets(results), path);
        return asset.IsFolder
            ? Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any(entry => Path.GetFileName(entry) != asset.Without)
            : File.Exists(full);
    }
}
