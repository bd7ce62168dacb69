using System.Buffers.Binary;

namespace OdmNode.Geospatial.PointClouds.Laszip;

/// <summary>One chunk of point format 7: the first point as it is, then a layer for each property, empty where nothing changes.</summary>
/// <remarks>LASzip's items POINT14 and RGB14 of version 3, for points that are single returns of one channel without time.</remarks>
internal sealed class LayeredChunk
{
    private readonly ArithmeticEncoder plan = new();
    private readonly ArithmeticEncoder height = new();
    private readonly ArithmeticEncoder classLayer = new();
    private readonly ArithmeticEncoder viewsLayer = new();
    private readonly ArithmeticEncoder colorLayer = new();
    private readonly CoordinateEncoder coordinates;
    private readonly ColorEncoder colors;
    private readonly SymbolModel changes = new(128);
    private readonly ByteModels classes = new(64);
    private readonly ByteModels views = new(64);
    private bool hasClasses;
    private bool hasViews;

    private LayeredChunk(in LasPoint first)
    {
        coordinates = new CoordinateEncoder(plan, height, first, first.Z);
        colors = new ColorEncoder(colorLayer, first);
    }

    /// <summary>In the order of the file.</summary>
    private ArithmeticEncoder?[] Layers =>
    [
        plan, height,
        hasClasses ? classLayer : null,
        null, // flags
        null, // intensity
        null, // scan angle
        hasViews ? viewsLayer : null,
        null, // source
        null, // time
        colors.HasChanged ? colorLayer : null,
    ];

    /// <param name="points">One or more.</param>
    public static byte[] Encode(ReadOnlySpan<LasPoint> points)
    {
        var chunk = new LayeredChunk(points[0]);
        for (int i = 1; i < points.Length; i++)
        {
            chunk.Add(points[i - 1], points[i]);
        }

        return chunk.Join(points[0], points.Length);
    }

    private void Add(in LasPoint last, in LasPoint point)
    {
        // Neither the returns nor the time, angle, source or channel ever change.
        plan.Encode(changes, 0);
        coordinates.Encode(point);

        // The lowest bit of the context says: a single return.
        classLayer.Encode(classes.Of(((last.Class & 0x1f) << 1) | 1), point.Class);
        viewsLayer.Encode(views.Of(last.Views >> 2), point.Views);
        colors.Encode(point);
        hasClasses |= point.Class != last.Class;
        hasViews |= point.Views != last.Views;
    }

    /// <summary>First point, number of points, sizes of the layers, layers.</summary>
    private byte[] Join(in LasPoint first, int count)
    {
        int recordLength = LasRecord.Length(true);
        ArithmeticEncoder?[] layers = Layers;
        byte[] head = new byte[recordLength + (sizeof(int) * (1 + layers.Length))];
        LasRecord.Write(first, true, head.AsSpan(0, recordLength));
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(recordLength), count);
        using var chunk = new MemoryStream();
        chunk.Write(head);
        for (int i = 0; i < layers.Length; i++)
        {
            if (layers[i] is { } layer)
            {
                layer.Finish();
                BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(recordLength + (sizeof(int) * (1 + i))), layer.Bytes.Length);
                chunk.Write(layer.Bytes);
            }
        }

        chunk.Position = 0;
        chunk.Write(head);
        return chunk.ToArray();
    }
}
