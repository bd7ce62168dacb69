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
        ("dtm", "odm_dem/dtm.tif", "odm_dem/dtm_origin.tif"),
    ];

    public static string ElevationPreview(string key) => $"odm_report/{key}_preview.png";

    /// <param name="camera">Counted from 0: ids hold letters that file names must not.</param>
    public static string Residuals(int camera) => FormattableString.Invariant($"odm_report/residuals_{camera + 1}.png");
}
