using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.PointClouds;

/// <summary>Turns points of clouds into those of LAS files.</summary>
internal static class LasQuantizer
{
    /// <param name="cloud">In full map coordinates.</param>
    /// <param name="classes">One LAS class per point; empty where points were not classified.</param>
    /// <param name="index">Which point.</param>
    /// <param name="options">Scale and offset.</param>
    /// <returns>Colours are 8-bit values in the 16-bit fields, as ODM writes them.</returns>
    public static LasPoint Point(PointCloud cloud, ReadOnlySpan<byte> classes, int index, LasOptions options)
    {
        ReadOnlySpan<float> position = cloud.Positions.AsSpan(3 * index, 3);
        ReadOnlySpan<byte> color = cloud.Colors.AsSpan(3 * index, 3);
        return new LasPoint(
            Step(cloud.Origin.X + position[0], options.OffsetEast, options.Scale),
            Step(cloud.Origin.Y + position[1], options.OffsetNorth, options.Scale),
            Step(cloud.Origin.Z + position[2], 0, options.Scale),
            classes.IsEmpty ? (byte)0 : classes[index],
            cloud.Views[index],
            color[0],
            color[1],
            color[2]);
    }

    private static int Step(double value, double offset, double scale) => checked((int)Math.Round((value - offset) / scale));
}
