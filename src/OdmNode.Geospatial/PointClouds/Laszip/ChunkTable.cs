using System.Buffers.Binary;

namespace OdmNode.Geospatial.PointClouds.Laszip;

/// <summary>The table behind the last chunk: bytes of each chunk and, where chunks differ in length, its points.</summary>
internal static class ChunkTable
{
    public static byte[] Encode(IReadOnlyList<(int Points, int Bytes)> chunks, bool hasCounts)
    {
        byte[] head = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), chunks.Count);
        var encoder = new ArithmeticEncoder();
        var compressor = new IntegerCompressor(encoder, 32, 2);
        (int Points, int Bytes) last = (0, 0);
        foreach ((int Points, int Bytes) chunk in chunks)
        {
            if (hasCounts)
            {
                compressor.Compress(last.Points, chunk.Points, 0);
            }

            compressor.Compress(last.Bytes, chunk.Bytes, 1);
            last = chunk;
        }

        encoder.Finish();
        return [.. head, .. encoder.Bytes];
    }
}
