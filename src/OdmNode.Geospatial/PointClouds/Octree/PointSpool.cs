using System.Runtime.InteropServices;

namespace OdmNode.Geospatial.PointClouds.Octree;

/// <summary>A sequence of points in a scratch file, 20 bytes each, so that memory does not grow with the survey.</summary>
internal sealed class PointSpool : IDisposable
{
    private const int BufferPoints = 1 << 14;
    private readonly FileStream file;
    private LasPoint[]? buffer = new LasPoint[BufferPoints];
    private int waiting;

    /// <param name="path">Of a file that is removed at the end.</param>
    public PointSpool(string path)
    {
        Path = path;
        file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 0, FileOptions.DeleteOnClose);
    }

    public string Path { get; }

    public long Count { get; private set; }

    public void Add(in LasPoint point)
    {
        LasPoint[] points = buffer ?? throw new InvalidOperationException("The points are read already.");
        points[waiting++] = point;
        Count++;
        if (waiting == points.Length)
        {
            WriteWaiting(points);
        }
    }

    /// <summary>All points in their order, in blocks; none can be added any more.</summary>
    public void ForEachBlock(Action<ReadOnlySpan<LasPoint>> take, CancellationToken cancellationToken)
    {
        Seal();
        var block = new LasPoint[Math.Min(BufferPoints, Count)];
        for (long left = Count; left > 0; left -= block.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<LasPoint> part = block.AsSpan(0, (int)Math.Min(block.Length, left));
            file.ReadExactly(MemoryMarshal.AsBytes(part));
            take(part);
        }
    }

    /// <summary>All points in their order; none can be added any more.</summary>
    public LasPoint[] ReadAll()
    {
        Seal();
        var points = new LasPoint[Count];
        for (int start = 0; start < points.Length; start += BufferPoints)
        {
            file.ReadExactly(MemoryMarshal.AsBytes(points.AsSpan(start, Math.Min(BufferPoints, points.Length - start))));
        }

        return points;
    }

    public void Dispose() => file.Dispose();

    private void Seal()
    {
        if (buffer is { } points)
        {
            WriteWaiting(points);
            buffer = null;
        }

        file.Position = 0;
    }

    private void WriteWaiting(LasPoint[] points)
    {
        file.Write(MemoryMarshal.AsBytes(points.AsSpan(0, waiting)));
        waiting = 0;
    }
}
