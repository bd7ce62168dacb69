using OdmNode.Geospatial.PointClouds;

namespace OdmNode.UnitTests.Geospatial.PointClouds;

/// <summary>Points of a hilly ground with a steep tower in its corner, fixed for a seed.</summary>
internal static class Terrain
{
    public static readonly LasOptions Options = new() { EpsgCode = 32632, OffsetEast = 447500, OffsetNorth = 5211000, Software = "OdmNode test" };

    public static LasPoint[] Points(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            int x = random.Next(-60_000, 60_000);
            int y = random.Next(-40_000, 40_000);
            bool isTower = i % 20 == 0;
            int z = isTower ? random.Next(400_000, 430_000) : 400_000 + (int)(3000 * Math.Sin(x / 9000.0)) + random.Next(60);
            return new LasPoint(
                isTower ? x / 40 : x, isTower ? y / 40 : y, z, (byte)(isTower ? 6 : 2), (byte)random.Next(2, 9),
                (ushort)random.Next(256), (ushort)random.Next(256), (ushort)random.Next(256));
        })];
    }

    public static QuantizedCloud Cloud(ScratchFolder folder, LasPoint[] points) => Cloud(folder, points, Options);

    public static QuantizedCloud Cloud(ScratchFolder folder, LasPoint[] points, LasOptions options)
    {
        var cloud = new QuantizedCloud(folder["points.partial"], options);
        foreach (LasPoint point in points)
        {
            cloud.Add(point);
        }

        return cloud;
    }
}
