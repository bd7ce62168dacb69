using System.Buffers.Binary;
using System.Text.Json;
using K4os.Compression.LZ4;
using K4os.Compression.LZ4.Streams;

namespace OdmNode.Pipeline.Checkpoints;

/// <summary>
/// Writes one checkpoint, section after section, into a temporary file that gets its name on <see cref="Commit"/>.
/// </summary>
/// <remarks>
/// Layout: 8 bytes of magic; length (int32) and JSON of the header; the sections; JSON of the index; its length (int32);
/// XxHash128 of everything before. Integers are little-endian.
/// </remarks>
public sealed class CheckpointWriter : IDisposable
{
    internal const int TrailerLength = sizeof(int) + 16;
    private static readonly LZ4EncoderSettings Packing = new() { BlockSize = 1 << 20, CompressionLevel = LZ4Level.L00_FAST };

    private readonly StoreFiles files;
    private readonly string path;
    private readonly Stream file;
    private readonly HashingStream output;
    private readonly List<SectionEntry> sections = [];
    private bool sectionOpen;
    private bool ended;

    internal CheckpointWriter(StoreFiles files, string path, CheckpointHeader header)
    {
        this.files = files;
        this.path = path;
        file = files.Create(PartialPath);
        output = new HashingStream(file);
        output.Write(Magic);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header, CheckpointJson.Default.CheckpointHeader);
        WriteInt32(json.Length);
        output.Write(json);
    }

    internal static ReadOnlySpan<byte> Magic => "ODMCKP\u0001\n"u8;

    private string PartialPath => path + ".partial";

    /// <summary>Starts a section; it ends when the stream is disposed, which must be before the next one starts.</summary>
    /// <param name="name">Unique in the checkpoint.</param>
    /// <param name="pack">False for content that is compressed already.</param>
    public Stream Section(string name, bool pack = true)
    {
        if (sectionOpen || ended)
        {
            throw new InvalidOperationException($"Section '{name}' begins before the one before it has ended.");
        }

        if (sections.Exists(section => section.Name == name))
        {
            throw new ArgumentException($"The checkpoint has a section '{name}' already.", nameof(name));
        }

        sectionOpen = true;
        long offset = output.Count;
        Stream target = pack ? LZ4Stream.Encode(output, Packing, leaveOpen: true) : output;
        return new SectionStream(target, ownsInner: pack, length =>
        {
            sectionOpen = false;
            sections.Add(new SectionEntry(name, offset, output.Count - offset, length, pack));
        });
    }

    /// <summary>Flushes the file to the disk and gives it its name.</summary>
    public void Commit()
    {
        if (sectionOpen || ended)
        {
            throw new InvalidOperationException("A checkpoint is committed once, after its last section.");
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(new CheckpointIndex(sections), CheckpointJson.Default.CheckpointIndex);
        output.Write(json);
        WriteInt32(json.Length);
        file.Write(output.CurrentHash());
        ended = true;
        file.Dispose();
        files.Flush(PartialPath);
        files.Move(PartialPath, path);
    }

    /// <summary>Without <see cref="Commit"/>, removes what was written.</summary>
    public void Dispose()
    {
        if (ended)
        {
            return;
        }

        ended = true;
        try
        {
            file.Dispose();
            files.Delete(PartialPath);
        }
        catch (IOException)
        {
            // A full disk may refuse the last flush; the partial file is removed when the next run starts.
        }
    }

    private void WriteInt32(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        output.Write(bytes);
    }
}
