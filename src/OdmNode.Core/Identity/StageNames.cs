namespace OdmNode.Core.Identity;

/// <summary>The stages of the engine in their order, and the public ODM stage that each belongs to.</summary>
public static class StageNames
{
    public const string ReadMetadata = "read-metadata";
    public const string ExtractFeatures = "extract-features";
    public const string MatchFeatures = "match-features";
    public const string Reconstruct = "reconstruct";
    public const string UndistortImages = "undistort-images";
    public const string EstimateDepth = "estimate-depth";
    public const string FilterDepth = "filter-depth";
    public const string FusePoints = "fuse-points";
    public const string FilterPoints = "filter-points";
    public const string BuildMesh = "build-mesh";
    public const string TextureMesh = "texture-mesh";
    public const string ClassifyGround = "classify-ground";
    public const string ExportCloud = "export-cloud";
    public const string RasterElevation = "raster-elevation";
    public const string FillElevation = "fill-elevation";
    public const string RefineEdges = "refine-edges";
    public const string RasterTerrain = "raster-terrain";
    public const string FillTerrain = "fill-terrain";
    public const string MeasureGaps = "measure-gaps";
    public const string BalanceExposure = "balance-exposure";
    public const string SharpenEdges = "sharpen-edges";
    public const string RenderOrthophoto = "render-orthophoto";
    public const string ExportOrthophoto = "export-orthophoto";
    public const string ExportTiles = "export-tiles";
    public const string WriteReport = "write-report";
    public const string PackageAssets = "package-assets";

    private static readonly (string Stage, string PublicName)[] Table =
    [
        (ReadMetadata, "dataset"),
        (ExtractFeatures, "opensfm"),
        (MatchFeatures, "opensfm"),
        (Reconstruct, "opensfm"),
        (UndistortImages, "opensfm"),
        (EstimateDepth, "openmvs"),
        (FilterDepth, "openmvs"),
        (FusePoints, "openmvs"),
        (FilterPoints, "odm_filterpoints"),
        (BuildMesh, "odm_meshing"),
        (TextureMesh, "mvs_texturing"),
        (ClassifyGround, "odm_georeferencing"),
        (ExportCloud, "odm_georeferencing"),
        (RasterElevation, "odm_dem"),
        (FillElevation, "odm_dem"),
        (RefineEdges, "odm_dem"),
        (RasterTerrain, "odm_dem"),
        (FillTerrain, "odm_dem"),
        (MeasureGaps, "odm_dem"),
        (BalanceExposure, "odm_orthophoto"),
        (SharpenEdges, "odm_orthophoto"),
        (RenderOrthophoto, "odm_orthophoto"),
        (ExportOrthophoto, "odm_orthophoto"),
        (ExportTiles, "odm_orthophoto"),
        (WriteReport, "odm_report"),
        (PackageAssets, "odm_postprocess"),
    ];

    /// <summary>ODM's stages in their order: the domain of <c>end-with</c> and, with the empty text, of <c>rerun-from</c>.</summary>
    public static IReadOnlyList<string> PublicNames { get; } =
    [
        "dataset", "split", "merge", "opensfm", "openmvs", "odm_filterpoints", "odm_meshing", "mvs_texturing",
        "odm_georeferencing", "odm_dem", "odm_orthophoto", "odm_report", "odm_postprocess",
    ];

    /// <summary>Our stages in their order.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Table.Select(row => row.Stage)];

    /// <summary>The ODM stage that users know for one of ours.</summary>
    public static string PublicNameOf(string stage) => Table.Single(row => row.Stage == stage).PublicName;

    /// <summary>Our stages that run when the run ends with an ODM stage: all up to and including it.</summary>
    public static IReadOnlyList<string> UpTo(string publicName)
    {
        int last = IndexOf(publicName);
        return [.. Table.Where(row => IndexOf(row.PublicName) <= last).Select(row => row.Stage)];
    }

    /// <summary>Our stages that are done again when the run is restarted from an ODM stage.</summary>
    public static IReadOnlyList<string> From(string publicName)
    {
        int first = IndexOf(publicName);
        return [.. Table.Where(row => IndexOf(row.PublicName) >= first).Select(row => row.Stage)];
    }

    private static int IndexOf(string publicName)
    {
        for (int i = 0; i < PublicNames.Count; i++)
        {
            if (PublicNames[i] == publicName)
            {
                return i;
            }
        }

        throw new ArgumentException($"'{publicName}' is not a stage.", nameof(publicName));
    }
}
