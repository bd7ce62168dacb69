using System.Globalization;
using System.Text;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.PointClouds;

/// <summary>Writes points tile by tile as text: header <c>X,Y,Z</c>, full map coordinates to the millimetre.</summary>
public sealed class CsvPointWriter : IDisposable
{
    private const int LongestLine = 96;
    private readonly string path;
    private readonly byte[] buffer = new byte[1 << 16];
    private FileStream? stream;
    private int used;

    /// <param name="path">Final name; a temporary one beside it is used until <see cref="Complete"/>.</param>
    public CsvPointWriter(string path)
    {
        this.path = Path.GetFullPath(path);
        stream = new FileStream(PartialPath, FileMode.Create, FileAccess.Write, FileShare.None, 1);
        used = Encoding.ASCII.GetBytes("X,Y,Z\n", buffer);
    }

    private string PartialPath => path + ".partial";

    /// <summary>Appends the points of a tile, in their order.</summary>
    public void Write(PointCloud cloud, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        ObjectDisposedException.ThrowIf(stream is null, this);
        for (int i = 0; i < cloud.Count; i++)
        {
            if (used + LongestLine > buffer.Length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                stream.Write(buffer, 0, used);
                used = 0;
            }

            Append(cloud.Origin.X + cloud.Positions[3 * i], (byte)',');
            Append(cloud.Origin.Y + cloud.Positions[(3 * i) + 1], (byte)',');
            Append(cloud.Origin.Z + cloud.Positions[(3 * i) + 2], (byte)'\n');
        }
    }

    /// <summary>Closes the file and gives it its name.</summary>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(stream is null, this);
        stream.Write(buffer, 0, used);
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

    private void Append(double value, byte separator)
    {
        if (!value.TryFormat(buffer.AsSpan(used), out int written, "F3", CultureInfo.InvariantCulture))
        {
            throw new ArgumentException("A coordinate is too large to be written.", nameof(value));
        }

        used += written;
        buffer[used++] = separator;
    }
}
