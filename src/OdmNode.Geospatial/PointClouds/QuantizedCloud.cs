using OdmNode.Geospatial.PointClouds.Octree;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.PointClouds;

/// <summary>
/// All points of a survey as LAS files keep them, put together tile by tile in a scratch file, with their statistics: what the
/// files of points are written from. Several can be written from it, one after the other.
/// </summary>
public sealed class QuantizedCloud : IDisposable
{
    /// <param name="scratchPath">Of a file that is removed at the end; others with names made from it lie beside it while a tree is built.</param>
    /// <param name="options">Scale, offset and CRS of all files to write.</param>
    public QuantizedCloud(string scratchPath, LasOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        Points = new PointSpool(scratchPath);
    }

    public LasOptions Options { get; }

    public CloudTally Statistics { get; } = new();

    internal PointSpool Points { get; }

    /// <summary>Appends the points of a tile, in their order.</summary>
    /// <param name="cloud">In full map coordinates.</param>
    /// <param name="classes">One LAS class per point, or empty.</param>
    /// <param name="cancellationToken">Asked every few thousand points.</param>
    public void Add(PointCloud cloud, ReadOnlySpan<byte> classes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        for (int i = 0; i < cloud.Count; i++)
        {
            if ((i & 0xfff) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            Add(LasQuantizer.Point(cloud, classes, i, Options));
        }
    }

    /// <summary>All points in their order; none can be added any more.</summary>
    public void ForEach(Action<LasPoint> take, CancellationToken cancellationToken) => Points.ForEachBlock(
        block =>
        {
            foreach (LasPoint point in block)
            {
                take(point);
            }
        },
        cancellationToken);

    public void Dispose() => Points.Dispose();

    internal void Add(in LasPoint point)
    {
        Statistics.Add(point);
        Points.Add(point);
    }
}
