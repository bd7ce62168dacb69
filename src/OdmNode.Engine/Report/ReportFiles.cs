using OdmNode.Engine.Assets;

namespace OdmNode.Engine.Report;

/// <summary>The rasters that the report reads and the pictures that it leaves beside itself, relative to the project folder.</summary>
internal static class ReportFiles
{
    public const string OrthophotoPreview = "odm_report/topview.png";
    public const string Overlap = "odm_report/overlap.png";
    public const string ReprojectionHistogram = "odm_report/reprojection_histogram.png";

    /// <summary>Key, heights, and where the heights come from.</summary>
    public static IReadOnlyList<(string Key, string Heights, string Origins)> ElevationModels { get; } =
    [
        ("dsm", AssetPaths.SurfaceModel, AssetPaths.SurfaceOrigins),
        ("dtm", AssetPaths.TerrainModel, AssetPaths.TerrainOrigins),
    ];

    public static string ElevationPreview(string key) => $"odm_report/{key}_preview.png";

    /// <summary>Takes away the report of an earlier run: with other options it may lack pictures, or be left out.</summary>
    public static void Remove(string projectFolder)
    {
        string report = Path.Combine(projectFolder, AssetPaths.Report);
        if (!Directory.Exists(Path.GetDirectoryName(report)))
        {
            return;
        }

        string[] known = [AssetPaths.Report, OrthophotoPreview, Overlap, ReprojectionHistogram, .. ElevationModels.Select(model => ElevationPreview(model.Key))];
        IEnumerable<string> residuals = Directory.EnumerateFiles(Path.GetDirectoryName(report)!, "residuals_*.png");
        foreach (string path in known.Select(path => Path.Combine(projectFolder, path)).Concat(residuals))
        {
            File.Delete(path);
        }
    }

    /// <param name="camera">Counted from 0: ids hold letters that file names must not.</param>
    public static string Residuals(int camera) => FormattableString.Invariant($"odm_report/residuals_{camera + 1}.png");
}
