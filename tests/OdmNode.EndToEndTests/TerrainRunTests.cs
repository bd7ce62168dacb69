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
}
