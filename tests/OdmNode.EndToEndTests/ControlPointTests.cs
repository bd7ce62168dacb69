using System.Globalization;
using System.Text.Json;
using OdmNode.EndToEndTests.Support;
using OdmNode.Geometry.Linear;
using OdmNode.Testing.Surveys;

namespace OdmNode.EndToEndTests;

[Collection(EndToEndCollection.Name)]
public sealed class ControlPointTests(SurveyFixture surveys)
{
    // Heights of the list above sea level, those of the photos above the ellipsoid.
    private const double Geoid = 31;

    [Fact]
    public async Task Control_points_hold_the_survey_and_check_points_find_its_error_small()
    {
        string project = surveys.NewProject("control", surveys.TinyImages);
        SyntheticSurvey survey = surveys.Tiny;
        var lines = new List<string> { "EPSG:" + survey.MapFrame.Zone.EpsgCode.ToString(CultureInfo.InvariantCulture), "# surveyed by hand" };
        Vector3D[] places = [.. Places(survey)];
        for (int i = 0; i < places.Length; i++)
        {
            Vector3D map = survey.MapFrame.Zone.FromGeodetic(survey.MapFrame.Local.ToGeodetic(places[i]));
            lines.AddRange(survey.Photos.Select(photo => (photo, Pixel: survey.Project(photo, places[i]))).Where(seen => seen.Pixel is not null)
                .Select(seen => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{map.X:F4}\t{map.Y:F4} {map.Z - Geoid:F4} {seen.Pixel!.Value.X:F1} {seen.Pixel.Value.Y:F1} {seen.photo.ImageName} {(i % 3 == 2 ? "CHK-" : "GCP")}{i}")));
        }

        File.WriteAllLines(Path.Combine(project, "gcp_list.txt"), lines);
        FinishedRun run = await surveys.RunProjectAsync("control", "--end-with", "opensfm");

        Assert.True(run.ExitCode == 0, run.Console);
        Assert.True(run.Says($"{places.Length - (places.Length / 3)} ground control points and {places.Length / 3} check points"), run.Console);
        JsonElement[] points = [.. run.Json("odm_georeferencing/ground_control_points.geojson").GetProperty("features").EnumerateArray()];
        Assert.Equal(places.Length, points.Length);
        foreach (JsonElement point in points)
        {
            string id = point.GetProperty("properties").GetProperty("id").GetString()!;
            double[] error = [.. point.GetProperty("properties").GetProperty("error").EnumerateArray().Select(value => value.GetDouble())];
            double bound = (id.StartsWith("CHK-", StringComparison.Ordinal) ? 2 : 1) * survey.GroundSampleDistance;
            Assert.True(error.Max(Math.Abs) < bound, $"{id} is {string.Join(' ', error)} m off, a pixel is {survey.GroundSampleDistance:F3} m");
        }
    }

    /// <summary>Places on the ground that at least three photos see.</summary>
    private static IEnumerable<Vector3D> Places(SyntheticSurvey survey)
    {
        for (int i = 0; i < 9; i++)
        {
            double x = survey.WellSeenHalfEast * 0.9 * ((i % 3) - 1);
            double y = survey.WellSeenHalfNorth * 0.9 * ((i / 3) - 1);
            var place = new Vector3D(x, y, survey.SurfaceHeightInWorld(x, y));
            if (survey.Photos.Count(photo => survey.Project(photo, place) is not null) >= 3)
            {
                yield return place;
            }
        }
    }
}
