using OdmNode.Testing.Products;
using OdmNode.Testing.Surveys;

namespace OdmNode.Accuracy.Figures;

/// <summary>Errors against the truth of a synthetic survey, in ground sampling distances.</summary>
/// <param name="GsdMetres">What one is.</param>
/// <param name="CenterRmseAlignedGsd">Camera centres after the best similarity.</param>
/// <param name="CenterRmseGsd">Camera centres as they stand on the earth.</param>
/// <param name="Surface">Null without a surface model.</param>
/// <param name="Terrain">Null without a terrain model.</param>
/// <param name="Orthophoto">Null without an orthophoto.</param>
internal sealed record TruthFigures(
    double GsdMetres,
    double CenterRmseAlignedGsd,
    double CenterRmseGsd,
    SurfaceFigures? Surface,
    TerrainFigures? Terrain,
    OrthophotoFigures? Orthophoto)
{
    public static TruthFigures Measure(string project, SyntheticSurvey survey)
    {
        CenterErrors centers = CenterErrors.AgainstTruth(PlacedPhoto.ReadAll(project), survey);
        double gsd = survey.GroundSampleDistance;
        return new TruthFigures(
            gsd, centers.AlignedRmse / gsd, centers.AbsoluteRmse / gsd, SurfaceFigures.Measure(project, survey),
            TerrainFigures.Measure(project, survey), OrthophotoFigures.Measure(project, survey));
    }
}
