using OdmNode.Geospatial.PointClouds;
using OdmNode.Geospatial.PointClouds.Laszip;

namespace OdmNode.UnitTests.Geospatial.PointClouds.Laszip;

/// <summary>The oracle is laz-perf: what it unpacks must be the records that went in.</summary>
public class LayeredChunkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(40_000)]
    public void Points_of_a_terrain_come_back(int count) => AssertUnpacks(Terrain.Points(count, count));

    [Fact]
    public void Random_points_of_any_size_class_and_colour_come_back()
    {
        var random = new Random(7);
        AssertUnpacks([.. Enumerable.Range(0, 20_000).Select(_ => new LasPoint(
            random.Next(int.MinValue, int.MaxValue), random.Next(int.MinValue, int.MaxValue), random.Next(int.MinValue, int.MaxValue),
            (byte)random.Next(256), (byte)random.Next(256), (ushort)random.Next(65536), (ushort)random.Next(65536), (ushort)random.Next(65536)))]);
    }

    [Theory]
    [InlineData(0, 3, 200)]
    [InlineData(2, 0, 0)]
    public void Layers_in_which_nothing_changes_are_empty_and_keep_the_first_value(byte pointClass, byte views, ushort color)
    {
        LasPoint[] points = [.. Terrain.Points(1000, 3).Select(p => p with { Class = pointClass, Views = views, Red = color, Green = color, Blue = color })];
        AssertUnpacks(points);
        Assert.True(LayeredChunk.Encode(points).Length < LayeredChunk.Encode(Terrain.Points(1000, 3)).Length / 1.5);
    }

    private static void AssertUnpacks(LasPoint[] points)
    {
        using var folder = new ScratchFolder();
        File.WriteAllBytes(folder["chunk"], LayeredChunk.Encode(points));
        byte[] records = LazPerf.UnpackChunk(7, 36, points.Length, folder["chunk"]);
        byte[] expected = new byte[36 * points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            LasRecord.Write(points[i], true, expected.AsSpan(36 * i));
        }

        Assert.Equal(expected, records);
    }
}
