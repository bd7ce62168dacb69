using OdmNode.Testing.Products;
using OdmNode.Testing.Surveys;

namespace OdmNode.Accuracy.Figures;

/// <summary>The terrain model against the bare ground of the truth, in ground sampling distances.</summary>
/// <param name="OpenMedianAbsoluteGsd">Where nothing stands within a metre.</param>
/// <param name="MedianAbsoluteGsd">Everywhere, under buildings, trees and cars too.</param>
/// <param name="Percentile95Gsd">Of the absolute error everywhere.</param>
/// <param name="BiasGsd">Median, signed, everywhere.</param>
/// <param name="MissingShare">Cells without a height.</param>
internal sealed record TerrainFigures(
    double OpenMedianAbsoluteGsd, double MedianAbsoluteGsd, double Percentile95Gsd, double BiasGsd, double MissingShare)
{
    private const double MarginMetres = 1;

    public static TerrainFigures? Measure(string project, SyntheticSurvey survey)
    {
        string path = Path.Combine(project, "odm_dem", "dtm.tif");
        if (!File.Exists(path))
        {
            return null;
        }

        var terrain = RasterFile.Read(path, 1);
        SurfaceErrors open = SurfaceErrors.OnOpenGround(terrain, survey, MarginMetres);
        SurfaceErrors all = SurfaceErrors.OfGround(terrain, survey);
        double gsd = survey.GroundSampleDistance;
        return new TerrainFigures(
            open.MedianAbsolute / gsd, all.MedianAbsolute / gsd, all.Percentile95 / gsd, all.Median / gsd, all.MissingShare);
    }
}
