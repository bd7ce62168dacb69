using System.Buffers.Binary;
using System.Text;
using OdmNode.Geospatial.PointClouds.Octree;

namespace OdmNode.Geospatial.PointClouds.Copc;

/// <summary>The two records that make a LAS file one of COPC.</summary>
internal static class CopcRecords
{
    private const int ExtendedHeaderSize = 60;
    private const ushort HierarchyId = 1000;

    /// <summary>Bytes before the entries of the hierarchy record.</summary>
    public static int HierarchyHead => ExtendedHeaderSize;

    /// <summary>Where the tree lies, and where its hierarchy is found in the file.</summary>
    public static LasVariableRecord Info(OctreeCube cube, LasOptions options, long hierarchyOffset, long hierarchyBytes)
    {
        byte[] content = new byte[160];
        double[] corner = cube.LowCorner(options);
        double half = cube.EdgeMetres(options) / 2;
        Span<byte> bytes = content;
        for (int axis = 0; axis < 3; axis++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes[(8 * axis)..], corner[axis] + half);
        }

        BinaryPrimitives.WriteDoubleLittleEndian(bytes[24..], half);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[32..], 2 * half / CellSieve.Span);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[40..], hierarchyOffset);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[48..], hierarchyBytes);
        return new LasVariableRecord("copc", 1, "COPC info", content);
    }

    /// <summary>The hierarchy in one page, as an extended record.</summary>
    public static byte[] Hierarchy(IReadOnlyList<CopcNode> nodes)
    {
        byte[] record = new byte[ExtendedHeaderSize + (CopcNode.Length * nodes.Count)];
        Encoding.ASCII.GetBytes("copc", record.AsSpan(2));
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(18), HierarchyId);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(20), CopcNode.Length * (long)nodes.Count);
        Encoding.ASCII.GetBytes("COPC hierarchy", record.AsSpan(28));
        for (int i = 0; i < nodes.Count; i++)
        {
            nodes[i].Write(record.AsSpan(ExtendedHeaderSize + (CopcNode.Length * i)));
        }

        return record;
    }
}
