using OdmNode.Testing.Products;
using OdmNode.Testing.Surveys;

namespace OdmNode.Accuracy.Figures;

/// <summary>The orthophoto against the truth.</summary>
/// <param name="EdgeSamples">Places along roof edges that were compared.</param>
/// <param name="EdgeRmsPixels">Roof edges from the true lines, cells of the orthophoto.</param>
/// <param name="EdgeMedianPixels">The median of the absolute distance.</param>
/// <param name="EdgeLostShare">Places at which no edge is seen within five cells.</param>
/// <param name="MarkRmsGsd">Survey marks from their places, root mean square; NaN where none was found.</param>
/// <param name="MarkWorstGsd">The farthest.</param>
internal sealed record OrthophotoFigures(
    int EdgeSamples, double EdgeRmsPixels, double EdgeMedianPixels, double EdgeLostShare, double MarkRmsGsd, double MarkWorstGsd)
{
    private const int MarkRadiusGsd = 5;

    public static OrthophotoFigures? Measure(string project, SyntheticSurvey survey)
    {
        string path = Path.Combine(project, "odm_orthophoto", "odm_orthophoto.tif");
        if (!File.Exists(path))
        {
            return null;
        }

        var green = RasterFile.Read(path, 2);
        RoofEdgeErrors edges = RoofEdgeErrors.Of(green, survey);
        double gsd = survey.GroundSampleDistance;
        double[] marks = [.. survey.Marks.Select(survey.MapFrame.MapFromWorld)
            .Select(mark => MarkFinder.Find(green, mark.X, mark.Y, MarkRadiusGsd * gsd)).OfType<double>().Select(distance => distance / gsd)];
        return new OrthophotoFigures(
            edges.Samples, edges.RmsPixels, edges.MedianPixels, edges.LostShare,
            marks.Length == 0 ? double.NaN : Math.Sqrt(marks.Average(distance => distance * distance)), marks.DefaultIfEmpty(double.NaN).Max());
    }
}
