using OdmNode.Geometry.Linear;
using OdmNode.Imaging.Buffers;
using OdmNode.Testing.Files;
using OdmNode.Testing.Surveys;

namespace OdmNode.UnitTests.Testing;

public sealed class SyntheticSurveyTests
{
    private static readonly SyntheticSurveyOptions Tiny = new()
    {
        Width = 640, Height = 480, PhotoCount = 6, CrossingPhotos = 2, FlyingHeight = 40, PixelNoise = 1.5,
    };

    [Fact]
    public void A_mark_on_the_ground_is_rendered_where_the_camera_projects_it()
    {
        SyntheticSurvey survey = SyntheticSurvey.Create(Tiny);
        int seen = 0;
        foreach (SyntheticPhoto photo in survey.Photos.Where((_, i) => i is 0 or 4 or 7))
        {
            ImageBuffer image = survey.Render(photo, 2, CancellationToken.None);
            foreach (Vector3D mark in survey.Marks)
            {
                if (survey.Project(photo, mark) is not { } pixel || pixel.X < 20 || pixel.Y < 20
                    || pixel.X > image.Width - 20 || pixel.Y > image.Height - 20)
                {
                    continue;
                }

                // The black plate reaches ten GSD from the disc's centre; the window stays on it.
                double reach = double.Min(
                    (survey.Project(photo, mark + new Vector3D(10 * survey.GroundSampleDistance, 0, 0))!.Value - pixel).Length,
                    (survey.Project(photo, mark + new Vector3D(0, 10 * survey.GroundSampleDistance, 0))!.Value - pixel).Length);
                Vector2D found = BrightCenter(image, pixel, (int)(0.8 * reach));
                Assert.True((found - pixel).Length < 0.2, $"{photo.ImageName}: projected to {pixel}, rendered at {found}");
                seen++;
            }
        }

        Assert.True(seen >= 3, $"only {seen} marks in view");
    }

    [Fact]
    public void Photos_are_the_same_for_any_number_of_threads()
    {
        SyntheticPhoto photo = SyntheticSurvey.Create(Tiny).Photos[1];
        ImageBuffer one = SyntheticSurvey.Create(Tiny).Render(photo, 1, CancellationToken.None);
        ImageBuffer four = SyntheticSurvey.Create(Tiny).Render(photo, 4, CancellationToken.None);
        Assert.True(one.Pixels.AsSpan().SequenceEqual(four.Pixels));
    }

    [Fact]
    public void A_written_survey_can_be_loaded_with_the_same_truth()
    {
        using var folder = new TemporaryFolder();
        SyntheticSurvey written = SyntheticSurvey.Create(Tiny with { Width = 96, Height = 64, PhotoCount = 3, Seed = 5 });
        written.WriteTo(folder.Root, 2, CancellationToken.None);
        SyntheticSurvey loaded = SyntheticSurvey.Load(folder.Root);
        Assert.Equal(written.Options, loaded.Options);
        Assert.Equal(written.Photos, loaded.Photos);
        Assert.Equal(
            written.Photos.Select(p => p.ImageName),
            Directory.GetFiles(folder.PathOf("images")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_gsd_is_the_distance_on_the_ground_between_neighbouring_pixels()
    {
        SyntheticSurvey survey = SyntheticSurvey.Create(Tiny with { K1 = 0, K2 = 0, K3 = 0, P1 = 0, P2 = 0, PositionJitter = 0, AttitudeJitterDegrees = 0 });
        Vector2D a = survey.Project(survey.Photos[0], survey.Photos[0].CameraFromWorld.Center with { Z = 0 })!.Value;
        Vector2D b = survey.Project(
            survey.Photos[0], survey.Photos[0].CameraFromWorld.Center with { Z = 0 } + new Vector3D(0, survey.GroundSampleDistance, 0))!.Value;
        Assert.Equal(1, (a - b).Length, 9);
    }

    [Fact]
    public void The_surface_on_the_map_is_the_surface_in_the_world()
    {
        SyntheticSurvey survey = SyntheticSurvey.Create(Tiny);
        for (int i = 0; i < 50; i++)
        {
            double x = Math.Cos(i) * survey.WellSeenHalfEast;
            double y = Math.Sin(2.3 * i) * survey.WellSeenHalfNorth;
            Vector3D onMap = survey.MapFrame.MapFromWorld(new Vector3D(x, y, survey.SurfaceHeightInWorld(x, y)));
            // Exactly at a wall the last micrometre of position decides between ground and roof.
            double error = survey.SurfaceHeightOnMap(onMap.X, onMap.Y) - onMap.Z;
            Assert.True(Math.Abs(error) < 1e-4, $"at {x}, {y}: {error}");
        }
    }

    [Fact]
    public void Roof_edges_lie_on_the_surface_and_rise_above_the_ground_beside_them()
    {
        SyntheticSurvey survey = SyntheticSurvey.Create(SyntheticSurveyOptions.Small);
        Assert.True(survey.RoofEdges.Count >= 12, $"only {survey.RoofEdges.Count} roof edges");
        foreach (RoofEdge edge in survey.RoofEdges)
        {
            Vector3D middle = 0.5 * (edge.From + edge.To);
            Vector3D inWorld = survey.MapFrame.WorldFromMap(middle);
            double highest = Enumerable.Range(0, 16).Max(i => survey.SurfaceHeightInWorld(
                inWorld.X + (0.02 * Math.Cos(i * Math.PI / 8)), inWorld.Y + (0.02 * Math.Sin(i * Math.PI / 8))));
            Assert.InRange(highest, inWorld.Z - 0.05, inWorld.Z + 0.05);
        }
    }

    [Fact]
    public void Stated_gps_noise_is_the_noise_of_the_written_positions()
    {
        SyntheticSurvey survey = SyntheticSurvey.Create(new SyntheticSurveyOptions
        {
            PhotoCount = 600, Width = 200, Height = 150, GpsNoiseHorizontal = 0.4, GpsNoiseVertical = 1.1, Buildings = 0, Trees = 0,
        });
        Vector3D[] errors = [.. survey.Photos.Select(
            photo => survey.MapFrame.Local.FromGeodetic(photo.ExifPosition) - photo.CameraFromWorld.Center)];
        Assert.InRange(Math.Sqrt(errors.Average(e => e.X * e.X)), 0.36, 0.44);
        Assert.InRange(Math.Sqrt(errors.Average(e => e.Y * e.Y)), 0.36, 0.44);
        Assert.InRange(Math.Sqrt(errors.Average(e => e.Z * e.Z)), 1.0, 1.2);
    }

    [Fact]
    public void Options_that_make_no_survey_are_refused_with_every_reason()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(
            () => SyntheticSurvey.Create(new SyntheticSurveyOptions { PhotoCount = 0, ForwardOverlap = 1 }));
        Assert.Contains("number of photos", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("overlap", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Centroid of what is brighter than the black plate, in a window around a pixel.</summary>
    private static Vector2D BrightCenter(ImageBuffer image, Vector2D around, int radius)
    {
        int left = (int)around.X - radius;
        int top = (int)around.Y - radius;
        double sum = 0;
        double sumX = 0;
        double sumY = 0;
        for (int y = top; y <= top + (2 * radius); y++)
        {
            for (int x = left; x <= left + (2 * radius); x++)
            {
                // The tone curve is undone, so that a half covered pixel counts half.
                double light = Math.Pow(image.Row(y)[(3 * x) + 1] / 255.0, 2.2) - 0.06;
                if (light > 0)
                {
                    sum += light;
                    sumX += light * (x + 0.5);
                    sumY += light * (y + 0.5);
                }
            }
        }

        return new Vector2D(sumX / sum, sumY / sum);
    }
}
