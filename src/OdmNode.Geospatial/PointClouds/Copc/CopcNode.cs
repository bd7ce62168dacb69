using System.Buffers.Binary;
using OdmNode.Geospatial.PointClouds.Octree;

namespace OdmNode.Geospatial.PointClouds.Copc;

/// <summary>An entry of COPC's hierarchy: where a node's chunk lies in the file.</summary>
internal readonly record struct CopcNode(OctreeKey Key, long Offset, int Bytes, int Points)
{
    public const int Length = 32;

    public void Write(Span<byte> entry)
    {
        BinaryPrimitives.WriteInt32LittleEndian(entry, Key.Depth);
        BinaryPrimitives.WriteInt32LittleEndian(entry[4..], Key.X);
        BinaryPrimitives.WriteInt32LittleEndian(entry[8..], Key.Y);
        BinaryPrimitives.WriteInt32LittleEndian(entry[12..], Key.Z);
        BinaryPrimitives.WriteInt64LittleEndian(entry[16..], Offset);
        BinaryPrimitives.WriteInt32LittleEndian(entry[24..], Bytes);
        BinaryPrimitives.WriteInt32LittleEndian(entry[28..], Points);
    }
}
