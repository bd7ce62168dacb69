namespace OdmNode.Geospatial.PointClouds.Laszip;

/// <summary>Coordinates of single returns, as the items POINT10 version 2 and POINT14 version 3 both encode them.</summary>
/// <param name="plan">Receives x and y.</param>
/// <param name="height">Receives z.</param>
/// <param name="first">The point before the first to encode.</param>
/// <param name="lastHeight">What z of the next point is predicted from.</param>
internal sealed class CoordinateEncoder(ArithmeticEncoder plan, ArithmeticEncoder height, in LasPoint first, int lastHeight)
{
    private readonly IntegerCompressor east = new(plan, 32, 2);
    private readonly IntegerCompressor north = new(plan, 32, 22);
    private readonly IntegerCompressor up = new(height, 32, 20);
    private readonly StreamingMedian eastSteps = new();
    private readonly StreamingMedian northSteps = new();
    private int lastX = first.X;
    private int lastY = first.Y;
    private int lastZ = lastHeight;

    public void Encode(in LasPoint point)
    {
        int step = unchecked(point.X - lastX);
        east.Compress(eastSteps.Value, step, 1);
        eastSteps.Add(step);

        // The size of the step in x tells what to expect of y, both together of z: pairs of lengths share a model.
        step = unchecked(point.Y - lastY);
        north.Compress(northSteps.Value, step, 1 + (Math.Min(east.LastLength, 20) & ~1));
        northSteps.Add(step);
        up.Compress(lastZ, point.Z, 1 + (Math.Min((east.LastLength + north.LastLength) / 2, 18) & ~1));
        (lastX, lastY, lastZ) = (point.X, point.Y, point.Z);
    }
}
