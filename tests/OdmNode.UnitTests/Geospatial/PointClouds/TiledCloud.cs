using System.Buffers.Binary;
using System.Text.Json;
using OdmNode.Geospatial.PointClouds;
using OdmNode.Geospatial.PointClouds.Octree;

namespace OdmNode.UnitTests.Geospatial.PointClouds;

/// <summary>A cloud of many nodes as independent readers see it.</summary>
internal sealed record TiledCloud(JsonElement Description, IReadOnlyList<OctreeNode> Nodes)
{
    /// <param name="kind">ept or copc.</param>
    /// <param name="path">Folder or file.</param>
    /// <param name="folder">For the file that the reader writes.</param>
    public static TiledCloud Read(string kind, string path, ScratchFolder folder)
    {
        string output = folder["nodes.bin"];
        JsonElement description = LazPerf.ReadTree(kind, path, output);
        int length = kind == "copc" ? 36 : 26;
        var nodes = new List<OctreeNode>();
        for (ReadOnlySpan<byte> left = File.ReadAllBytes(output); left.Length > 0;)
        {
            var key = new OctreeKey(Int(left, 0), Int(left, 4), Int(left, 8), Int(left, 12));
            var points = new LasPoint[Int(left, 16)];
            left = left[20..];
            for (int i = 0; i < points.Length; i++)
            {
                points[i] = Point(left[(length * i)..(length * (i + 1))]);
            }

            nodes.Add(new OctreeNode(key, points));
            left = left[(length * points.Length)..];
        }

        File.Delete(output);
        return new TiledCloud(description, nodes);
    }

    /// <summary>All points, in an order that does not depend on the nodes.</summary>
    public IEnumerable<LasPoint> Sorted() => Sorted(Nodes.SelectMany(node => node.Points));

    public static IEnumerable<LasPoint> Sorted(IEnumerable<LasPoint> points) =>
        points.OrderBy(p => p.X).ThenBy(p => p.Y).ThenBy(p => p.Z).ThenBy(p => p.Red).ThenBy(p => p.Green).ThenBy(p => p.Blue).ThenBy(p => p.Class).ThenBy(p => p.Views);

    private static LasPoint Point(ReadOnlySpan<byte> record)
    {
        bool isExtended = record.Length == 36;
        ReadOnlySpan<byte> color = record[(isExtended ? 30 : 20)..];
        return new LasPoint(
            Int(record, 0), Int(record, 4), Int(record, 8), record[isExtended ? 16 : 15], record[17],
            BinaryPrimitives.ReadUInt16LittleEndian(color), BinaryPrimitives.ReadUInt16LittleEndian(color[2..]), BinaryPrimitives.ReadUInt16LittleEndian(color[4..]));
    }

    private static int Int(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);
}
