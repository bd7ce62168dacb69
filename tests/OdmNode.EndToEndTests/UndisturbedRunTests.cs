using System.Buffers.Binary;
using System.Text.Json;
using OdmNode.EndToEndTests.Support;
using OdmNode.Testing.Products;

namespace OdmNode.EndToEndTests;

[Collection(EndToEndCollection.Name)]
public sealed class UndisturbedRunTests(SurveyFixture surveys)
{
    [Fact]
    public async Task A_run_leaves_every_file_that_users_look_for()
    {
        FinishedRun run = await surveys.UndisturbedRunAsync();
        Assert.True(run.ExitCode == 0, run.Console);
        string[] files =
        [
            "odm_orthophoto/odm_orthophoto.tif", "odm_orthophoto/odm_orthophoto.png", "odm_orthophoto/odm_orthophoto.kmz", "odm_orthophoto/cutline.gpkg",
            "orthophoto_tiles/tilemapresource.xml", "dsm_tiles/tilemapresource.xml",
            "odm_dem/dsm.tif",
            "odm_georeferencing/odm_georeferenced_model.laz", "odm_georeferencing/odm_georeferenced_model.ply",
            "odm_filterpoints/point_cloud_stats.json", "odm_filterpoints/point_cloud_density.tif",
            "odm_georeferencing/odm_georeferenced_model.info.json", "odm_georeferencing/odm_georeferenced_model.summary.json",
            "odm_georeferencing/odm_georeferenced_model.boundary.json", "odm_georeferencing/odm_georeferenced_model.bounds.geojson",
            "odm_georeferencing/odm_georeferenced_model.bounds.gpkg", "odm_georeferencing/coords.txt", "cameras.json", "images.json",
            "odm_report/shots.geojson", "odm_report/stats.json", "odm_report/report.pdf", "odm_report/overlap.png", "log.json", "task_output.txt", "all.zip",
        ];
        Assert.All(files, file => Assert.True(run.Has(file) && new FileInfo(run.PathOf(file)).Length > 0, $"{file} is missing or empty"));
        Assert.True(run.Json("log.json").GetProperty("success").GetBoolean());
        Assert.Equal(surveys.Small.Photos.Count, run.Json("images.json").GetArrayLength());
    }

    [Fact]
    public async Task Every_photo_is_placed_where_it_was_taken()
    {
        FinishedRun run = await surveys.UndisturbedRunAsync();
        IReadOnlyList<PlacedPhoto> placed = PlacedPhoto.ReadAll(run.Project);
        Assert.Equal(surveys.Small.Photos.Select(photo => photo.ImageName), placed.Select(photo => photo.ImageName).Order(StringComparer.Ordinal));
        CenterErrors errors = CenterErrors.AgainstTruth(placed, surveys.Small);
        double gsd = surveys.Small.GroundSampleDistance;
        Assert.True(errors.AlignedRmse < 1.0 * gsd, $"{errors.AlignedRmse / gsd:F3} GSD after alignment");
        Assert.True(errors.AbsoluteRmse < 2.0 * gsd, $"{errors.AbsoluteRmse / gsd:F3} GSD as they stand");
    }

    [Fact]
    public async Task The_surface_is_that_of_the_ground()
    {
        FinishedRun run = await surveys.UndisturbedRunAsync();
        RasterFile surface = RasterFile.Read(run.PathOf("odm_dem/dsm.tif"), 1);
        Assert.Equal(surveys.Small.MapFrame.Zone.EpsgCode, surface.Epsg);
        Assert.Equal(-9999, surface.NoData);
        SurfaceErrors errors = SurfaceErrors.OnOpenGround(surface, surveys.Small, margin: 1);
        double gsd = surveys.Small.GroundSampleDistance;
        Assert.True(errors.Cells > 10_000, $"only {errors.Cells} cells of open ground");
        Assert.True(errors.MissingShare < 0.02, $"{errors.MissingShare:P1} of the open ground has no height");
        Assert.True(errors.MedianAbsolute < 2 * gsd, $"{errors.MedianAbsolute / gsd:F2} GSD");
    }

    [Fact]
    public async Task The_orthophoto_is_complete_and_lies_on_the_map()
    {
        FinishedRun run = await surveys.UndisturbedRunAsync();
        RasterFile alpha = RasterFile.Read(run.PathOf("odm_orthophoto/odm_orthophoto.tif"), 4);
        Assert.Equal(surveys.Small.MapFrame.Zone.EpsgCode, alpha.Epsg);
        DataCoverage coverage = DataCoverage.Of(alpha);
        Assert.True(coverage.Share > 0.98, $"{coverage.Share:P2} of the outline has data");
        double area = coverage.DataCells * alpha.Resolution * alpha.Resolution;
        double wellSeen = 4 * surveys.Small.WellSeenHalfEast * surveys.Small.WellSeenHalfNorth;
        Assert.True(area > wellSeen, $"{area:F0} m² of at least {wellSeen:F0} m²");
    }

    [Fact]
    public async Task The_orthophoto_shows_the_survey_marks_where_they_are()
    {
        FinishedRun run = await surveys.UndisturbedRunAsync();
        RasterFile green = RasterFile.Read(run.PathOf("odm_orthophoto/odm_orthophoto.tif"), 2);
        int found = 0;
        foreach (Geometry.Linear.Vector3D mark in surveys.Small.Marks.Select(surveys.Small.MapFrame.MapFromWorld))
        {
            if (MarkFinder.Find(green, mark.X, mark.Y, 5 * surveys.Small.GroundSampleDistance) is { } offset)
            {
                found++;
                Assert.True(offset < 1.5 * surveys.Small.GroundSampleDistance, $"a mark lies {offset:F3} m from its place");
            }
        }

        Assert.True(found >= 3, $"only {found} marks are in the orthophoto");
    }

    [Fact]
    public async Task The_statistics_agree_with_the_files()
    {
        FinishedRun run = await surveys.UndisturbedRunAsync();
        JsonElement statistics = run.Json("odm_report/stats.json");
        JsonElement reconstruction = statistics.GetProperty("reconstruction_statistics");
        Assert.Equal(surveys.Small.Photos.Count, reconstruction.GetProperty("reconstructed_shots_count").GetInt32());
        Assert.True(reconstruction.GetProperty("has_gps").GetBoolean());
        Assert.InRange(reconstruction.GetProperty("reprojection_error_pixels").GetDouble(), 0.05, 1);
        double gsdCentimetres = statistics.GetProperty("odm_processing_statistics").GetProperty("average_gsd").GetDouble();
        Assert.InRange(gsdCentimetres / (100 * surveys.Small.GroundSampleDistance), 0.85, 1.15);
        byte[] cloud = File.ReadAllBytes(run.PathOf("odm_georeferencing/odm_georeferenced_model.laz"));
        Assert.Equal(
            BinaryPrimitives.ReadInt32LittleEndian(cloud.AsSpan(107)),
            statistics.GetProperty("point_cloud_statistics").GetProperty("stats").GetProperty("statistic")[0].GetProperty("count").GetInt32());
    }
}
