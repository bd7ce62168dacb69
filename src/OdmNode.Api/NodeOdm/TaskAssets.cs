namespace OdmNode.Api.NodeOdm;

/// <summary>What can be downloaded: the archive, and the single results under the names that WebODM gives them.</summary>
internal static class TaskAssets
{
    private const string Tiff = "image/tiff";
    private const string Binary = "application/octet-stream";
    private const string Json = "application/geo+json";

    private static readonly Dictionary<string, TaskAsset> Known = new(StringComparer.Ordinal)
    {
        ["all.zip"] = new("all.zip", "application/zip"),
        ["orthophoto.tif"] = new("odm_orthophoto/odm_orthophoto.tif", Tiff),
        ["orthophoto.png"] = new("odm_orthophoto/odm_orthophoto.png", "image/png"),
        ["orthophoto.kmz"] = new("odm_orthophoto/odm_orthophoto.kmz", "application/vnd.google-earth.kmz"),
        ["orthophoto.mbtiles"] = new("odm_orthophoto/odm_orthophoto.mbtiles", Binary),
        ["cutline.gpkg"] = new("odm_orthophoto/cutline.gpkg", "application/geopackage+sqlite3"),
        ["dsm.tif"] = new("odm_dem/dsm.tif", Tiff),
        ["dtm.tif"] = new("odm_dem/dtm.tif", Tiff),
        ["georeferenced_model.las"] = new("odm_georeferencing/odm_georeferenced_model.las", Binary),
        ["georeferenced_model.laz"] = new("odm_georeferencing/odm_georeferenced_model.laz", Binary),
        ["georeferenced_model.ply"] = new("odm_georeferencing/odm_georeferenced_model.ply", Binary),
        ["georeferenced_model.csv"] = new("odm_georeferencing/odm_georeferenced_model.csv", "text/csv"),
        ["ground_control_points.geojson"] = new("odm_georeferencing/ground_control_points.geojson", Json),
        ["textured_model.glb"] = new("odm_texturing/odm_textured_model_geo.glb", "model/gltf-binary"),
        ["cameras.json"] = new("cameras.json", Text),
        ["images.json"] = new("images.json", Text),
        ["shots.geojson"] = new("odm_report/shots.geojson", Json),
        ["stats.json"] = new("odm_report/stats.json", Text),
        ["report.pdf"] = new("odm_report/report.pdf", "application/pdf"),
        ["log.json"] = new("log.json", Text),
        ["task_output.txt"] = new("task_output.txt", Text),
    };

    /// <summary>Served as plain text: clients of the protocol parse whatever is called JSON as an answer of the node.</summary>
    private const string Text = "text/plain; charset=utf-8";

    /// <returns>The asset of that exact name; null when there is none.</returns>
    public static TaskAsset? Find(string name) => Known.GetValueOrDefault(name);
}

/// <summary>A file of a task's folder that can be downloaded.</summary>
/// <param name="Path">Relative to the task's folder.</param>
/// <param name="ContentType">Never JSON.</param>
internal sealed record TaskAsset(string Path, string ContentType);
