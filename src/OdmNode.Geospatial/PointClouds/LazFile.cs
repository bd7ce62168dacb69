using System.Buffers.Binary;
using OdmNode.Geospatial.PointClouds.Laszip;

namespace OdmNode.Geospatial.PointClouds;

/// <summary>A whole LAZ file in memory, as <see cref="LazWriter"/> writes it: for the many small files of a tiled cloud.</summary>
internal static class LazFile
{
    /// <param name="points">One or more.</param>
    /// <param name="options">CRS, offset and origin of the file.</param>
    public static byte[] Encode(ReadOnlySpan<LasPoint> points, LasOptions options)
    {
        LasHeader header = HeaderOf(options);
        var bounds = new LasBounds();
        foreach (ref readonly LasPoint point in points)
        {
            bounds.Add(point);
        }

        using var file = new MemoryStream();
        file.Write(header.Write(points.Length, bounds));
        Span<byte> place = stackalloc byte[sizeof(long)];
        file.Write(place);
        var chunks = new List<(int Points, int Bytes)>();
        for (int start = 0; start < points.Length; start += LazWriter.ChunkPoints)
        {
            ReadOnlySpan<LasPoint> part = points.Slice(start, Math.Min(LazWriter.ChunkPoints, points.Length - start));
            byte[] chunk = PointwiseChunk.Encode(part);
            file.Write(chunk);
            chunks.Add((part.Length, chunk.Length));
        }

        BinaryPrimitives.WriteInt64LittleEndian(place, file.Position);
        file.Write(ChunkTable.Encode(chunks, false));
        file.Position = header.PointOffset;
        file.Write(place);
        return file.ToArray();
    }

    public static LasHeader HeaderOf(LasOptions options)
    {
        LasVariableRecord packing = LasVariableRecord.Laszip(false, LazWriter.ChunkPoints);
        return new LasHeader(
            options, false, true, options.EpsgCode is { } code ? [LasVariableRecord.GeoKeys(code), packing] : [packing]);
    }
}
