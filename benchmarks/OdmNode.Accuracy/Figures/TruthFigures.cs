using OdmNode.Testing.Products;
using OdmNode.Testing.Surveys;

namespace OdmNode.Accuracy.Figures;

/// <summary>Errors against the truth of a synthetic survey, in ground sampling distances.</summary>
/// <param name="GsdMetres">What one is.</param>
/// <param name="CenterRmseAlignedGsd">Camera centres after the best similarity.</param>
/// <param name="CenterRmseGsd">Camera centres as they stand on the earth.</param>
/// <param name="SurfaceMedianAbsoluteGsd">Heights on open ground.</param>
/// <param name="SurfacePercentile95Gsd">Of the absolute error.</param>
/// <param name="SurfaceBiasGsd">Median, signed.</param>
/// <param name="SurfaceMissingShare">Open ground without a height.</param>
internal sealed record TruthFigures(
    double GsdMetres,
    double CenterRmseAlignedGsd,
    double CenterRmseGsd,
    double? SurfaceMedianAbsoluteGsd,
    double? SurfacePercentile95Gsd,
    double? SurfaceBiasGsd,
    double? SurfaceMissingShare)
{
    // Within one metre of a wall the surface is the wall's business, not the ground's.
    private const double MarginMetres = 1;

    public static TruthFigures Measure(string project, SyntheticSurvey survey)
    {
        CenterErrors centers = CenterErrors.AgainstTruth(PlacedPhoto.ReadAll(project), survey);
        string surfacePath = Path.Combine(project, "odm_dem", "dsm.tif");
        SurfaceErrors? surface = File.Exists(surfacePath)
            ? SurfaceErrors.OnOpenGround(RasterFile.Read(surfacePath, 1), survey, MarginMetres)
            : null;
        double gsd = survey.GroundSampleDistance;
        return new TruthFigures(
            gsd, centers.AlignedRmse / gsd, centers.AbsoluteRmse / gsd, surface?.MedianAbsolute / gsd,
            surface?.Percentile95 / gsd, surface?.Median / gsd, surface?.MissingShare);
    }
}
