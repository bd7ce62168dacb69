namespace OdmNode.Geospatial.PointClouds.Laszip;

/// <summary>One chunk of point format 2: the first point as it is, the others as POINT10 and RGB12 items in turn.</summary>
/// <remarks>M. Isenburg, LASzip: lossless compression of LiDAR data, PE&amp;RS 79 (2013); items of version 2.</remarks>
internal static class PointwiseChunk
{
    private const int ClassBit = 1 << 3;
    private const int ViewsBit = 1 << 1;

    /// <param name="points">One or more.</param>
    public static byte[] Encode(ReadOnlySpan<LasPoint> points)
    {
        byte[] first = new byte[LasRecord.Length(false)];
        LasRecord.Write(points[0], false, first);
        var encoder = new ArithmeticEncoder();
        var coordinates = new CoordinateEncoder(encoder, encoder, points[0], 0);
        var colors = new ColorEncoder(encoder, points[0]);
        var changes = new SymbolModel(64);
        var classes = new ByteModels(256);
        var views = new ByteModels(256);
        for (int i = 1; i < points.Length; i++)
        {
            ref readonly LasPoint point = ref points[i];
            ref readonly LasPoint last = ref points[i - 1];
            int changed = (point.Class != last.Class ? ClassBit : 0) | (point.Views != last.Views ? ViewsBit : 0);
            encoder.Encode(changes, changed);
            if ((changed & ClassBit) != 0)
            {
                encoder.Encode(classes.Of(last.Class), point.Class);
            }

            if ((changed & ViewsBit) != 0)
            {
                encoder.Encode(views.Of(last.Views), point.Views);
            }

            coordinates.Encode(point);
            colors.Encode(point);
        }

        encoder.Finish();
        return [.. first, .. encoder.Bytes];
    }
}
