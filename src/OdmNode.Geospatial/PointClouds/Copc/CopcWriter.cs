using System.Buffers.Binary;
using OdmNode.Geospatial.Gdal;
using OdmNode.Geospatial.PointClouds.Laszip;
using OdmNode.Geospatial.PointClouds.Octree;

namespace OdmNode.Geospatial.PointClouds.Copc;

/// <summary>
/// Writes a cloud as one cloud-optimised file: LAZ 1.4, point format 7, whose chunks are the nodes of an octree, so that viewers
/// fetch the part they show.
/// </summary>
/// <remarks>COPC 1.0 (copc.io). Colours fill the 16 bits, as LAS 1.4 demands.</remarks>
public static class CopcWriter
{
    /// <summary>Of 8-bit colours, so that 255 becomes 65535.</summary>
    private const int ColorFactor = 257;

    /// <param name="cloud">One or more points.</param>
    /// <param name="path">File to write.</param>
    /// <param name="tree">How large nodes are.</param>
    /// <param name="threads">Nodes encoded at a time.</param>
    /// <param name="cancellationToken">Asked for each node.</param>
    public static void Write(QuantizedCloud cloud, string path, OctreeOptions tree, int threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        var cube = new OctreeCube(cloud.Statistics.Bounds);
        var nodes = new List<CopcNode>();
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        LasHeader header = HeaderOf(cloud.Options, cube, 0, 0);
        file.Write(header.Write(cloud.Statistics.Count, cloud.Statistics.Bounds));
        Span<byte> tablePlace = stackalloc byte[sizeof(long)];
        file.Write(tablePlace);
        NodeEncoder.ForEach(
            new OctreeBuilder(cube, tree).Build(cloud.Points, cancellationToken),
            threads,
            node => LayeredChunk.Encode(Array.ConvertAll(node.Points, WithFullColor)),
            (node, chunk) =>
            {
                nodes.Add(new CopcNode(node.Key, file.Position, chunk.Length, node.Points.Length));
                file.Write(chunk);
            },
            cancellationToken);
        BinaryPrimitives.WriteInt64LittleEndian(tablePlace, file.Position);
        file.Write(ChunkTable.Encode([.. nodes.Select(node => (node.Points, node.Bytes))], true));

        long hierarchy = file.Position;
        file.Write(CopcRecords.Hierarchy(nodes));
        file.Position = 0;
        header = HeaderOf(cloud.Options, cube, hierarchy, nodes.Count);
        file.Write(header.Write(cloud.Statistics.Count, cloud.Statistics.Bounds));
        file.Write(tablePlace);
    }

    private static LasHeader HeaderOf(LasOptions options, OctreeCube cube, long hierarchy, int nodes)
    {
        LasVariableRecord info = CopcRecords.Info(
            cube, options, hierarchy + CopcRecords.HierarchyHead, CopcNode.Length * (long)nodes);
        LasVariableRecord packing = LasVariableRecord.Laszip(true, uint.MaxValue);

        // The info record comes first: readers look for it at a fixed place.
        return new LasHeader(
            options, true, true, options.EpsgCode is { } code ? [info, packing, LasVariableRecord.WellKnownText(ReferenceText.Wkt(code))] : [info, packing])
        {
            Trailer = (hierarchy, 1),
        };
    }

    private static LasPoint WithFullColor(LasPoint point) => point with
    {
        Red = (ushort)(point.Red * ColorFactor),
        Green = (ushort)(point.Green * ColorFactor),
        Blue = (ushort)(point.Blue * ColorFactor),
    };
}
