using K4os.Compression.LZ4.Streams;

namespace OdmNode.Pipeline.Checkpoints;

/// <summary>Gives the sections of a checkpoint whose checksum was found right. Holds no file open between sections.</summary>
public sealed class CheckpointReader
{
    private readonly string path;
    private readonly CheckpointIndex index;

    internal CheckpointReader(string path, CheckpointIndex index)
    {
        this.path = path;
        this.index = index;
    }

    public IEnumerable<string> Sections => index.Sections.Select(section => section.Name);

    public bool Has(string section) => index.Sections.Any(entry => entry.Name == section);

    /// <summary>Unpacked size of a section, bytes.</summary>
    public long LengthOf(string section) => Entry(section).Length;

    /// <summary>A forward-only stream of the unpacked section.</summary>
    public Stream Section(string section)
    {
        SectionEntry entry = Entry(section);
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1 << 16);
        }
        catch (FileNotFoundException exception)
        {
            throw new DamagedCheckpointException(path, "it vanished", exception);
        }

        var stored = new BoundedStream(file, entry.Offset, entry.StoredLength);
        return entry.Packed ? LZ4Stream.Decode(stored, extraMemory: 0, leaveOpen: false) : stored;
    }

    /// <summary>Reads a section with <paramref name="read"/>; content that it refuses counts as damage.</summary>
    public T Read<T>(string section, Func<Stream, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        using Stream stream = Section(section);
        try
        {
            return read(stream);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new DamagedCheckpointException(path, $"section '{section}' cannot be read ({exception.Message})", exception);
        }
    }

    private SectionEntry Entry(string section) =>
        index.Sections.FirstOrDefault(entry => entry.Name == section)
        ?? throw new DamagedCheckpointException(path, $"it has no section '{section}'");
}
