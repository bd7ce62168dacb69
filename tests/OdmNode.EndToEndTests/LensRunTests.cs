using System.Text.Json;
using OdmNode.EndToEndTests.Support;
using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Testing.Products;
using OdmNode.Testing.Surveys;

namespace OdmNode.EndToEndTests;

[Collection(EndToEndCollection.Name)]
public sealed class LensRunTests(SurveyFixture surveys)
{
    // 52 degrees off axis at the sides of a photo, 65 in its corners.
    private static readonly SyntheticSurveyOptions Fisheye = SurveyFixture.TinyOptions with
    {
        Lens = LensModel.FisheyeOpenCv,
        FocalRatio = 0.55,
        K1 = 0.03,
        K2 = -0.012,
        PhotoCount = 9,
        Strips = 3,
        FlyingHeight = 30,
        GpsNoiseHorizontal = 0.02,
        GpsNoiseVertical = 0.03,
    };

    private static readonly SyntheticSurveyOptions Sphere = Fisheye with { Lens = LensModel.Spherical, FocalRatio = 0.74, Width = 1440, Height = 720, Seed = 6 };

    [Fact]
    public async Task A_survey_taken_with_a_fisheye_lens_becomes_a_map()
    {
        FinishedRun run = await RunAsync("fisheye", Fisheye, "fisheye_opencv");
        JsonElement lens = Assert.Single(run.Json("cameras.json").EnumerateObject()).Value;
        Assert.InRange(lens.GetProperty("focal_x").GetDouble() / 0.55, 0.98, 1.02);
    }

    [Fact]
    public async Task A_survey_of_panoramas_becomes_a_map()
    {
        FinishedRun run = await RunAsync("sphere", Sphere, "spherical");
        // Photos and not the views that they were cut into.
        Assert.Equal(Sphere.PhotoCount, run.Json("odm_report/shots.geojson").GetProperty("features").GetArrayLength());
    }

    private async Task<FinishedRun> RunAsync(string name, SyntheticSurveyOptions options, string lens)
    {
        SyntheticSurvey survey = SyntheticSurvey.Create(options);
        string folder = surveys.NewFolder(name);
        survey.WriteTo(folder, Environment.ProcessorCount, CancellationToken.None);
        FinishedRun run = await surveys.RunAsync(name, Path.Combine(folder, SyntheticSurvey.ImagesFolder), "--camera-lens", lens);
        Assert.True(run.ExitCode == 0, run.Console);
        Assert.DoesNotContain("has no effect", run.Console, StringComparison.Ordinal);
        Assert.Equal(lens, Assert.Single(run.Json("cameras.json").EnumerateObject()).Value.GetProperty("projection_type").GetString());

        double gsd = survey.GroundSampleDistance;
        IReadOnlyList<PlacedPhoto> placed = PlacedPhoto.ReadAll(run.Project);
        Assert.Equal(survey.Photos.Count, placed.Count);
        CenterErrors centers = CenterErrors.AgainstTruth(placed, survey);
        Assert.True(centers.AbsoluteRmse < 2 * gsd, $"cameras: {centers.AbsoluteRmse / gsd:F3} GSD");

        SurfaceErrors surface = SurfaceErrors.OnOpenGround(RasterFile.Read(run.PathOf("odm_dem/dsm.tif"), 1), survey, margin: 1);
        Assert.True(surface.Cells > 2_000, $"only {surface.Cells} cells of open ground");
        Assert.True(surface.MissingShare < 0.02, $"{surface.MissingShare:P1} of the open ground has no height");
        Assert.True(surface.MedianAbsolute < 2 * gsd, $"surface: {surface.MedianAbsolute / gsd:F2} GSD");

        RasterFile green = RasterFile.Read(run.PathOf("odm_orthophoto/odm_orthophoto.tif"), 2);
        double[] offsets =
        [
            .. survey.Marks.Select(survey.MapFrame.MapFromWorld)
                .Select((Vector3D mark) => MarkFinder.Find(green, mark.X, mark.Y, 5 * gsd)).OfType<double>(),
        ];
        Assert.True(offsets.Length >= 2, $"only {offsets.Length} marks are in the orthophoto");
        Assert.All(offsets, offset => Assert.True(offset < 1.5 * gsd, $"a mark lies {offset / gsd:F2} GSD from its place"));
        Assert.True(run.Has("odm_texturing/odm_textured_model_geo.obj"), run.Console);
        return run;
    }
}
