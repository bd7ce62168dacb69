using OdmNode.Testing.Products;
using OdmNode.Testing.Surveys;

namespace OdmNode.Accuracy.Figures;

/// <summary>The surface model against the truth, in ground sampling distances.</summary>
/// <param name="MedianAbsoluteGsd">On open ground.</param>
/// <param name="Percentile95Gsd">Of the absolute error.</param>
/// <param name="BiasGsd">Median, signed.</param>
/// <param name="MissingShare">Open ground without a height.</param>
/// <param name="MeasuredShare">Open ground whose height was measured, not filled in; null when the run does not say.</param>
/// <param name="AsphaltSigmaGsd">About the plane that fits best, on the car park's free asphalt.</param>
/// <param name="LawnSigmaGsd">The same on the sloping lawn.</param>
internal sealed record SurfaceFigures(
    double MedianAbsoluteGsd, double Percentile95Gsd, double BiasGsd, double MissingShare, double? MeasuredShare,
    double AsphaltSigmaGsd, double LawnSigmaGsd)
{
    // Within one metre of a wall the surface is the wall's business, not the ground's.
    private const double MarginMetres = 1;

    public static SurfaceFigures? Measure(string project, SyntheticSurvey survey)
    {
        string path = Path.Combine(project, "odm_dem", "dsm.tif");
        if (!File.Exists(path))
        {
            return null;
        }

        var surface = RasterFile.Read(path, 1);
        SurfaceErrors errors = SurfaceErrors.OnOpenGround(surface, survey, MarginMetres);
        double gsd = survey.GroundSampleDistance;
        string origins = Path.Combine(project, "odm_dem", "dsm_origin.tif");
        return new SurfaceFigures(
            errors.MedianAbsolute / gsd, errors.Percentile95 / gsd, errors.Median / gsd, errors.MissingShare,
            File.Exists(origins) ? MeasuredOf(RasterFile.Read(origins, 1), survey) : null,
            PlaneErrors.In(surface, survey, SyntheticSurvey.CarPark, MarginMetres).Sigma / gsd,
            PlaneErrors.In(surface, survey, SyntheticSurvey.Lawn, MarginMetres).Sigma / gsd);
    }

    private static double MeasuredOf(RasterFile origins, SyntheticSurvey survey)
    {
        const int measuredCell = 1;
        int measured = 0;
        int all = 0;
        for (int row = 0; row < origins.Height; row++)
        {
            for (int column = 0; column < origins.Width; column++)
            {
                (double east, double north) = origins.Locate(column, row);
                if (survey.IsOpenGround(east, north, MarginMetres))
                {
                    all++;
                    measured += origins.ValueAt(column, row) == measuredCell ? 1 : 0;
                }
            }
        }

        return measured / (double)all;
    }
}
