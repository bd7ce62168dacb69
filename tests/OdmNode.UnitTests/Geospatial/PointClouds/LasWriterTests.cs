using System.Buffers.Binary;
using System.Text;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.PointClouds;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Geospatial.PointClouds;

/// <summary>Every field is read at the offset that the LAS 1.2 specification gives.</summary>
public class LasWriterTests
{
    [Fact]
    public void The_header_is_as_the_specification_says()
    {
        byte[] file = Write(Clouds());
        Assert.Equal("LASF", Encoding.ASCII.GetString(file, 0, 4));
        Assert.Equal((1, 2), (file[24], file[25]));
        Assert.Equal("OdmNode test", Encoding.ASCII.GetString(file, 58, 32).TrimEnd('\0'));
        Assert.Equal((165, 2025), (U16(file, 90), U16(file, 92)));
        Assert.Equal(227, U16(file, 94));
        Assert.Equal(227u + 54 + 40, U32(file, 96));
        Assert.Equal(1u, U32(file, 100));
        Assert.Equal((2, 26), (file[104], U16(file, 105)));
        Assert.Equal((3u, 3u, 0u), (U32(file, 107), U32(file, 111), U32(file, 115)));
        Assert.Equal([0.001, 0.001, 0.001, 447500, 5211000, 0], Enumerable.Range(0, 6).Select(i => F64(file, 131 + (8 * i))));
        double[] box = [.. Enumerable.Range(0, 6).Select(i => F64(file, 179 + (8 * i)))];
        double[] expected = [447512.5, 447498.25, 5211101, 5211099.875, 441.25, 430];
        Assert.All(box.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        Assert.Equal(227 + 54 + 40 + (3 * 26), file.Length);
    }

    [Fact]
    public void The_projection_is_a_record_of_geotiff_keys()
    {
        byte[] file = Write(Clouds());
        Assert.Equal("LASF_Projection", Encoding.ASCII.GetString(file, 227 + 2, 16).TrimEnd('\0'));
        Assert.Equal((34735, 40), (U16(file, 227 + 18), U16(file, 227 + 20)));
        int[] keys = [.. Enumerable.Range(0, 20).Select(i => (int)U16(file, 227 + 54 + (2 * i)))];
        Assert.Equal([1, 1, 0, 4, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 32632, 3076, 0, 1, 9001], keys);
    }

    [Fact]
    public void Points_carry_millimetres_colours_and_numbers_of_views()
    {
        byte[] file = Write(Clouds());
        int third = 227 + 54 + 40 + (2 * 26);
        Assert.Equal(447498.25, 447500 + (0.001 * I32(file, third)), 1e-9);
        Assert.Equal(5211100.5, 5211000 + (0.001 * I32(file, third + 4)), 1e-9);
        Assert.Equal(430, 0.001 * I32(file, third + 8), 1e-9);
        Assert.Equal(0b001_001, file[third + 14]);
        Assert.Equal((6, 9), (file[third + 15], file[third + 17]));
        Assert.Equal((7, 8, 255), (U16(file, third + 20), U16(file, third + 22), U16(file, third + 24)));
    }

    [Fact]
    public void Text_lines_hold_full_coordinates()
    {
        using var folder = new ScratchFolder();
        using (var writer = new CsvPointWriter(folder["points.csv"]))
        {
            foreach (PointCloud cloud in Clouds())
            {
                writer.Write(cloud, CancellationToken.None);
            }

            writer.Complete();
        }

        Assert.Equal(
            "X,Y,Z\n447512.500,5211099.875,441.250\n447510.000,5211101.000,440.000\n447498.250,5211100.500,430.000\n",
            File.ReadAllText(folder["points.csv"]));
    }

    private static byte[] Write(IEnumerable<PointCloud> clouds)
    {
        using var folder = new ScratchFolder();
        var options = new LasOptions
        {
            EpsgCode = 32632, OffsetEast = 447500, OffsetNorth = 5211000, Software = "OdmNode test",
            CaptureTime = new DateTimeOffset(2025, 6, 14, 10, 0, 0, TimeSpan.Zero),
        };
        using (var writer = new LasWriter(folder["cloud.las"], options))
        {
            foreach (PointCloud cloud in clouds)
            {
                writer.Write(cloud, cloud.Count == 1 ? [6] : [], CancellationToken.None);
            }

            writer.Complete();
        }

        Assert.Equal(["cloud.las"], folder.Files());
        return File.ReadAllBytes(folder["cloud.las"]);
    }

    private static PointCloud[] Clouds() =>
    [
        new PointCloud
        {
            Origin = new Vector3D(447500, 5211100, 440), Positions = [12.5f, -0.125f, 1.25f, 10, 1, 0], Normals = new float[6],
            Colors = [1, 2, 3, 4, 5, 6], Views = [2, 3],
        },
        new PointCloud
        {
            Origin = new Vector3D(447498, 5211100, 430), Positions = [0.25f, 0.5f, 0], Normals = new float[3], Colors = [7, 8, 255], Views = [9],
        },
    ];

    private static ushort U16(byte[] file, int at) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));

    private static uint U32(byte[] file, int at) => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at));

    private static int I32(byte[] file, int at) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));

    private static double F64(byte[] file, int at) => BinaryPrimitives.ReadDoubleLittleEndian(file.AsSpan(at));
}
