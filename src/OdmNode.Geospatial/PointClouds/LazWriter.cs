using System.Buffers.Binary;
using OdmNode.Geospatial.PointClouds.Laszip;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.PointClouds;

/// <summary>Writes points tile by tile as LAZ: what <see cref="LasWriter"/> writes, compressed as LASzip does.</summary>
/// <remarks>
/// Chunks of 50 000 points do not depend on each other: several are encoded at a time and written in their order, so the file
/// is the same for any number of threads. The file appears under its name only when complete.
/// </remarks>
public sealed class LazWriter : IDisposable
{
    public const int ChunkPoints = 50000;
    private readonly string path;
    private readonly LasOptions options;
    private readonly LasHeader header;
    private readonly LasPoint[][] batch;
    private readonly List<(int Points, int Bytes)> chunks = [];
    private FileStream? stream;
    private int waiting;
    private uint count;
    private LasBounds bounds = new();

    /// <param name="path">Final name; a temporary one beside it is used until <see cref="Complete"/>.</param>
    /// <param name="options">CRS, offset and origin of the file.</param>
    /// <param name="threads">Chunks encoded at a time; each needs about 3 MB.</param>
    public LazWriter(string path, LasOptions options, int threads)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        this.path = Path.GetFullPath(path);
        this.options = options;
        header = LazFile.HeaderOf(options);
        batch = new LasPoint[threads][];
        for (int i = 0; i < threads; i++)
        {
            batch[i] = new LasPoint[ChunkPoints];
        }

        stream = new FileStream(PartialPath, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 20);
        stream.Write(header.Write(0, bounds));
        stream.Write(stackalloc byte[sizeof(long)]);
    }

    private string PartialPath => path + ".partial";

    /// <summary>Appends the points of a tile, in their order.</summary>
    /// <param name="cloud">In full map coordinates.</param>
    /// <param name="classes">One LAS class per point, or empty.</param>
    /// <param name="cancellationToken">Asked for each few chunks.</param>
    public void Write(PointCloud cloud, ReadOnlySpan<byte> classes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        for (int i = 0; i < cloud.Count; i++)
        {
            Add(LasQuantizer.Point(cloud, classes, i, options), cancellationToken);
        }
    }

    /// <summary>Appends one point.</summary>
    public void Add(in LasPoint point, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(stream is null, this);
        bounds.Add(point);
        count = checked(count + 1);
        batch[waiting / ChunkPoints][waiting % ChunkPoints] = point;
        waiting++;
        if (waiting == batch.Length * ChunkPoints)
        {
            EncodeBatch(cancellationToken);
        }
    }

    /// <summary>Encodes what is left, writes the chunk table and the header, closes the file and gives it its name.</summary>
    public void Complete(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(stream is null, this);
        EncodeBatch(cancellationToken);
        Span<byte> place = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(place, stream.Position);
        stream.Write(ChunkTable.Encode(chunks, false));
        stream.Position = 0;
        stream.Write(header.Write(count, bounds));
        stream.Write(place);
        stream.Flush(flushToDisk: true);
        stream.Dispose();
        stream = null;
        File.Move(PartialPath, path, overwrite: true);
    }

    /// <summary>Closes the file; one that is not complete is removed.</summary>
    public void Dispose()
    {
        stream?.Dispose();
        stream = null;
        File.Delete(PartialPath);
    }

    private void EncodeBatch(CancellationToken cancellationToken)
    {
        int total = waiting;
        byte[][] encoded = new byte[(total + ChunkPoints - 1) / ChunkPoints][];
        Parallel.For(
            0,
            encoded.Length,
            new ParallelOptions { MaxDegreeOfParallelism = batch.Length, CancellationToken = cancellationToken },
            i => encoded[i] = PointwiseChunk.Encode(batch[i].AsSpan(0, Math.Min(ChunkPoints, total - (i * ChunkPoints)))));
        for (int i = 0; i < encoded.Length; i++)
        {
            stream!.Write(encoded[i]);
            chunks.Add((Math.Min(ChunkPoints, total - (i * ChunkPoints)), encoded[i].Length));
        }

        waiting = 0;
    }
}
