using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.PointClouds;

/// <summary>
/// Writes points tile by tile as LAS 1.2, point format 2 (with colours), coordinates in the projected CRS to the millimetre.
/// </summary>
/// <remarks>
/// The CRS is written as GeoTIFF keys. As ODM does, colours are 8-bit values in the 16-bit fields, and UserData holds the number
/// of photos that agree on a point. The file appears under its name only when complete.
/// </remarks>
public sealed class LasWriter : IDisposable
{
    private readonly string path;
    private readonly LasOptions options;
    private readonly LasHeader header;
    private readonly byte[] record = new byte[LasRecord.Length(false)];
    private FileStream? stream;
    private uint count;
    private LasBounds bounds = new();

    /// <param name="path">Final name; a temporary one beside it is used until <see cref="Complete"/>.</param>
    /// <param name="options">CRS, offset and origin of the file.</param>
    public LasWriter(string path, LasOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.path = Path.GetFullPath(path);
        this.options = options;
        header = new LasHeader(options, false, false, options.EpsgCode is { } code ? [LasVariableRecord.GeoKeys(code)] : []);
        stream = new FileStream(PartialPath, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 20);
        stream.Write(header.Write(0, bounds));
    }

    private string PartialPath => path + ".partial";

    /// <summary>Appends the points of a tile, in their order.</summary>
    /// <param name="cloud">In full map coordinates.</param>
    /// <param name="classes">One LAS class per point, or empty.</param>
    /// <param name="cancellationToken">Asked every few thousand points.</param>
    public void Write(PointCloud cloud, ReadOnlySpan<byte> classes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        ObjectDisposedException.ThrowIf(stream is null, this);
        for (int i = 0; i < cloud.Count; i++)
        {
            if ((i & 0xfff) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            Add(LasQuantizer.Point(cloud, classes, i, options));
        }
    }

    /// <summary>Appends one point.</summary>
    public void Add(in LasPoint point)
    {
        ObjectDisposedException.ThrowIf(stream is null, this);
        bounds.Add(point);
        LasRecord.Write(point, false, record);
        stream.Write(record);
        count = checked(count + 1);
    }

    /// <summary>Fills in the counts and the bounding box, closes the file and gives it its name.</summary>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(stream is null, this);
        stream.Position = 0;
        stream.Write(header.Write(count, bounds));
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
}
