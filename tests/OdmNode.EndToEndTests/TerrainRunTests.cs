using OdmNode.EndToEndTests.Support;
using OdmNode.Geospatial.Terrain;
using OdmNode.Testing.Products;

namespace OdmNode.EndToEndTests;

/// <summary>A survey with houses, trees and cars whose bare ground is known, asked for all that concerns the ground.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class TerrainRunTests(SurveyFixture surveys)
{
    private const int FirstClassByte = 15;

    [Fact]
    public async Task The_terrain_model_is_the_ground_under_what_stands_on_it()
    {
        FinishedRun run = await surveys.TerrainRunAsync();
        Assert.True(run.ExitCode == 0, run.Console);
        RasterFile terrain = RasterFile.Read(run.PathOf("odm_dem/dtm.tif"), 1);
        SurfaceErrors errors = SurfaceErrors.OfGround(terrain, surveys.Small);
        double gsd = surveys.Small.GroundSampleDistance;
        Assert.Equal(0, errors.MissingShare);
        Assert.True(errors.MedianAbsolute < 2 * gsd, $"{errors.MedianAbsolute / gsd:F2} GSD");
        Assert.True(errors.Percentile95 < 8 * gsd, $"{errors.Percentile95 / gsd:F2} GSD");
        SurfaceErrors surface = SurfaceErrors.OfGround(RasterFile.Read(run.PathOf("odm_dem/dsm.tif"), 1), surveys.Small);
        Assert.True(surface.Percentile95 > 20 * gsd, $"nothing stands on the ground: {surface.Percentile95 / gsd:F2} GSD");
    }

    [Fact]
    public async Task Distances_to_gaps_are_zero_where_nothing_was_measured_and_nowhere_else()
    {
        FinishedRun run = await surveys.TerrainRunAsync();
        foreach (string model in (string[])["dsm", "dtm"])
        {
            RasterFile distances = RasterFile.Read(run.PathOf($"odm_dem/{model}.euclideand.tif"), 1);
            RasterFile origins = RasterFile.Read(run.PathOf($"odm_dem/{model}_origin.tif"), 1);
            Assert.Equal(origins.Values.Select(origin => origin == 1), distances.Values.Select(distance => distance >= 1));
            Assert.Equal(origins.Values.Select(origin => origin != 1), distances.Values.Select(distance => distance == 0));
        }
    }

    [Fact]
    public async Task Every_point_of_the_cloud_has_a_class()
    {
        FinishedRun run = await surveys.TerrainRunAsync();
        byte[] cloud = File.ReadAllBytes(run.PathOf("odm_georeferencing/odm_georeferenced_model.las"));
        int first = BitConverter.ToInt32(cloud, 96);
        int length = BitConverter.ToUInt16(cloud, 105);
        byte[] classes = [.. Enumerable.Range(0, BitConverter.ToInt32(cloud, 107)).Select(i => cloud[first + (i * length) + FirstClassByte])];
        Assert.Equal([GroundSurface.OtherClass, GroundSurface.GroundClass], classes.Distinct().Order());
        Assert.InRange(classes.Count(value => value == GroundSurface.GroundClass) / (double)classes.Length, 0.4, 0.95);
    }

    [Fact]
    public async Task The_ground_is_the_same_on_one_core()
    {
        FinishedRun run = await surveys.TerrainRunAsync();
        FinishedRun again = await surveys.RunCopyAsync(
            run, "terrain-one-core", [.. SurveyFixture.TerrainOptions, "--max-concurrency", "1", "--rerun-from", "odm_georeferencing"]);
        Assert.True(again.ExitCode == 0, again.Console);
        string[] files =
        [
            "odm_georeferencing/odm_georeferenced_model.las", "odm_dem/dtm.tif", "odm_dem/dtm_origin.tif",
            "odm_dem/dsm.euclideand.tif", "odm_dem/dtm.euclideand.tif",
        ];
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(run.PathOf(file)), File.ReadAllBytes(again.PathOf(file))));
    }

    [Fact]
    public async Task Both_models_obey_the_options_of_elevation_models()
    {
        FinishedRun run = await surveys.RunCopyAsync(
            await surveys.TerrainRunAsync(), "terrain-coarse", "--dtm", "--skip-3dmodel", "--skip-orthophoto", "--skip-report",
            "--dem-resolution", "20", "--dem-decimation", "4", "--dem-gapfill-steps", "0", "--cog", "--pc-rectify",
            "--orthophoto-compression", "JPEG");
        Assert.True(run.ExitCode == 0, run.Console);
        double gsd = surveys.Small.GroundSampleDistance;
        foreach (string model in (string[])["dsm", "dtm"])
        {
            string path = run.PathOf($"odm_dem/{model}.tif");
            RasterFile heights = RasterFile.Read(path, 1);
            Assert.Equal(0.2, heights.Resolution, 1e-9);
            string structure = ExternalTool.Run("gdalinfo", path);
            Assert.Contains("LAYOUT=COG", structure, StringComparison.Ordinal);
            Assert.Contains("COMPRESSION=DEFLATE", structure, StringComparison.Ordinal);
            SurfaceErrors errors = SurfaceErrors.OnOpenGround(heights, surveys.Small, margin: 1);
            Assert.True(errors.MedianAbsolute < 2 * gsd, $"{model}: {errors.MedianAbsolute / gsd:F2} GSD");
            RasterFile origins = RasterFile.Read(run.PathOf($"odm_dem/{model}_origin.tif"), 1);
            Assert.DoesNotContain(2, origins.Values.Select(origin => (int)origin));
        }

        // The run that is copied had made these.
        Assert.False(run.Has("odm_dem/dsm.euclideand.tif") || run.Has("odm_dem/dtm.euclideand.tif"));

        // The ground under a house was not measured, and gaps stay open.
        Assert.True(SurfaceErrors.OfGround(RasterFile.Read(run.PathOf("odm_dem/dtm.tif"), 1), surveys.Small).MissingShare > 0.02);
    }
}
