using System.Buffers.Binary;
using OdmNode.Geospatial.PointClouds;

namespace OdmNode.UnitTests.Geospatial.PointClouds;

/// <summary>The oracle is laz-perf: what it unpacks must be the records that went in.</summary>
public class LazWriterTests
{
    private static readonly LasOptions Options = new() { EpsgCode = 32632, OffsetEast = 447500, OffsetNorth = 5211000 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(49999)]
    [InlineData(50000)]
    [InlineData(50001)]
    [InlineData(123456)]
    public void A_surface_comes_back_as_it_was(int count) => AssertUnpacks(Surface(count, new Random(count)));

    [Fact]
    public void Random_points_of_any_size_and_colour_come_back()
    {
        var random = new Random(7);
        AssertUnpacks([.. Enumerable.Range(0, 60000).Select(_ => new LasPoint(
            random.Next(int.MinValue, int.MaxValue), random.Next(int.MinValue, int.MaxValue), random.Next(int.MinValue, int.MaxValue),
            (byte)random.Next(32), (byte)random.Next(256), (ushort)random.Next(65536), (ushort)random.Next(65536), (ushort)random.Next(65536)))]);
    }

    [Fact]
    public void The_ends_of_the_coordinate_range_come_back()
    {
        int[] ends = [int.MinValue, int.MaxValue, 0, -1, 1, int.MinValue + 1, int.MaxValue - 1, 0];
        AssertUnpacks([.. Enumerable.Range(0, 512).Select(i => new LasPoint(
            ends[i % 8], ends[i / 8 % 8], ends[i / 64], (byte)(i % 3), (byte)(i % 5), (ushort)(i % 2 * 255), 255, (ushort)(i % 3 * 65535)))]);
    }

    [Fact]
    public void A_file_without_points_has_an_empty_chunk_table()
    {
        byte[] file = Write([], 1, out _);
        long table = BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(96))));
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan((int)table)));
        Assert.Equal(0, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(107)));
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bytes()
    {
        LasPoint[] points = Surface(170000, new Random(3));
        Assert.Equal(Write(points, 1, out _), Write(points, 3, out _));
    }

    private static void AssertUnpacks(LasPoint[] points)
    {
        byte[] file = Write(points, 2, out byte[] unpacked);
        Assert.Equal(points.Length, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(107)));
        Assert.Equal(points.Length * 26, unpacked.Length);
        for (int i = 0; i < points.Length; i++)
        {
            Assert.Equal(points[i], Read(unpacked.AsSpan(26 * i)));
        }
    }

    private static byte[] Write(LasPoint[] points, int threads, out byte[] unpacked)
    {
        using var folder = new ScratchFolder();
        using (var writer = new LazWriter(folder["cloud.laz"], Options, threads))
        {
            foreach (LasPoint point in points)
            {
                writer.Add(point, CancellationToken.None);
            }

            writer.Complete(CancellationToken.None);
        }

        Assert.Equal(["cloud.laz"], folder.Files());
        unpacked = points.Length == 0 ? [] : LazPerf.Unpack(folder["cloud.laz"]);
        return File.ReadAllBytes(folder["cloud.laz"]);
    }

    private static LasPoint Read(ReadOnlySpan<byte> record)
    {
        Assert.Equal(0b001_001, record[14]);
        return new LasPoint(
            BinaryPrimitives.ReadInt32LittleEndian(record), BinaryPrimitives.ReadInt32LittleEndian(record[4..]),
            BinaryPrimitives.ReadInt32LittleEndian(record[8..]), record[15], record[17], BinaryPrimitives.ReadUInt16LittleEndian(record[20..]),
            BinaryPrimitives.ReadUInt16LittleEndian(record[22..]), BinaryPrimitives.ReadUInt16LittleEndian(record[24..]));
    }

    private static LasPoint[] Surface(int count, Random random) =>
        [.. Enumerable.Range(0, count).Select(i =>
        {
            int gray = random.Next(200);
            return new LasPoint(
                (i % 300 * 50) + random.Next(20), (i / 300 * 50) + random.Next(20), 430000 + random.Next(100), (byte)(random.Next(10) == 0 ? 2 : 1),
                (byte)random.Next(2, 6), (ushort)gray, (ushort)(gray + random.Next(20)), (ushort)(gray + random.Next(-10, 10) & 255));
        })];
}
