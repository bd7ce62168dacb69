using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace OdmNode.Tasks.Output;

/// <summary>The numbered console lines of one task: an append-only text file and an index, so that reading costs only the lines returned.</summary>
/// <remarks>
/// <c>console.log</c> holds the lines, each ended by a newline; <c>console.log.idx</c> holds for every line the offset of
/// its end as a little-endian 64-bit number. A line counts once its index entry is whole. Safe for one writer at a
/// time beside any number of readers; the numbers stay the same after the daemon was killed.
/// </remarks>
public sealed class ConsoleLog : IDisposable
{
    private const int EntrySize = sizeof(long);

    private readonly string _textPath;
    private readonly string _indexPath;
    private readonly Lock _gate = new();
    private SafeFileHandle? _text;
    private SafeFileHandle? _index;
    private long _count;
    private long _end;
    private long _generation;

    /// <param name="folder">The task's folder; files are made with the first line.</param>
    public ConsoleLog(string folder)
    {
        _textPath = Path.Combine(folder, "console.log");
        _indexPath = _textPath + ".idx";
        Recover();
    }

    /// <summary>Number of lines.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Grows whenever the lines are forgotten and numbers begin anew.</summary>
    public long Generation => Interlocked.Read(ref _generation);

    /// <summary>The file with the text.</summary>
    public string TextPath => _textPath;

    /// <summary>Appends one line. A line that is exactly <c>error</c> gets a colon, because clients take that word for a failure.</summary>
    /// <exception cref="IOException">The disk is full; the line does not count.</exception>
    public void Append(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(Stored(line) + "\n");
        lock (_gate)
        {
            Open();
            RandomAccess.Write(_text!, bytes, _end);
            Span<byte> entry = stackalloc byte[EntrySize];
            BinaryPrimitives.WriteInt64LittleEndian(entry, _end + bytes.Length);
            RandomAccess.Write(_index!, entry, _count * EntrySize);
            _end += bytes.Length;
            Interlocked.Increment(ref _count);
        }
    }

    /// <summary>A line as it is read again.</summary>
    public static string Stored(string line)
    {
        var text = line == "error" ? "error:" : line;
        return text.AsSpan().IndexOfAny('\n', '\r') >= 0 ? text.ReplaceLineEndings(" ") : text;
    }

    /// <summary>Reads lines from the front or the back.</summary>
    /// <param name="skip">Lines to leave out; a negative number means: only the last so many.</param>
    public IReadOnlyList<string> Read(long skip) => Read(First(skip), Count);

    /// <summary>The number of the first line to give for a client's number of lines to skip.</summary>
    public long First(long skip) => skip >= 0 ? skip : Math.Max(0, Count + skip);

    /// <summary>Reads the lines from one number up to, not including, another; none when they are forgotten or deleted meanwhile.</summary>
    public IReadOnlyList<string> Read(long first, long count)
    {
        if (OpenBoth(first, ref count) is not { } files)
        {
            return [];
        }

        using var index = files.Index;
        using var text = files.Text;
        var start = first == 0 ? 0 : ReadEntry(index, first - 1);
        var bytes = new byte[ReadEntry(index, count - 1) - start];
        var length = Fill(text, bytes, start);
        var lines = new List<string>((int)(count - first));
        for (var rest = bytes.AsSpan(0, length); !rest.IsEmpty;)
        {
            var end = rest.IndexOf((byte)'\n');
            lines.Add(Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]));
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return lines;
    }

    /// <summary>Forgets all lines: a new run begins.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            Close();

            // The folder of a task that was stopped while it was initialised is still to come.
            if (Directory.Exists(Path.GetDirectoryName(_textPath)))
            {
                File.Delete(_indexPath);
                File.Delete(_textPath);
            }

            _end = 0;
            Interlocked.Exchange(ref _count, 0);
            Interlocked.Increment(ref _generation);
        }
    }

    /// <summary>Releases the files until the next line.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _text?.Dispose();
            _index?.Dispose();
            _text = _index = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    /// <summary>Opens both files of one run: what is forgotten afterwards stays readable through them.</summary>
    /// <param name="first">The first line that is wanted.</param>
    /// <param name="count">The line after the last one; lowered to those that there are.</param>
    /// <returns>Null when there are no such lines.</returns>
    private (SafeFileHandle Index, SafeFileHandle Text)? OpenBoth(long first, ref long count)
    {
        lock (_gate)
        {
            count = Math.Min(count, _count);
            if (first >= count)
            {
                return null;
            }

            SafeFileHandle? index = null;
            try
            {
                index = Share(_indexPath);
                return (index, Share(_textPath));
            }
            catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
            {
                // The folder went with its task.
                index?.Dispose();
                return null;
            }
        }
    }

    private static SafeFileHandle Share(string path) =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static long ReadEntry(SafeFileHandle index, long line)
    {
        Span<byte> entry = stackalloc byte[EntrySize];
        Fill(index, entry, line * EntrySize);
        return BinaryPrimitives.ReadInt64LittleEndian(entry);
    }

    private static int Fill(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        var total = 0;
        for (int read; total < buffer.Length; total += read)
        {
            read = RandomAccess.Read(file, buffer[total..], offset + total);
            if (read == 0)
            {
                break;
            }
        }

        return total;
    }

    private void Open()
    {
        if (_text is null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_textPath)!);
            _text = File.OpenHandle(_textPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            _index = File.OpenHandle(_indexPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }
    }

    /// <summary>Counts the lines of an earlier life; index entries beyond the text are dropped, whole lines beyond the index are added.</summary>
    private void Recover()
    {
        if (!File.Exists(_textPath))
        {
            return;
        }

        Open();
        var length = RandomAccess.GetLength(_text!);
        _count = RandomAccess.GetLength(_index!) / EntrySize;
        while (_count > 0 && ReadEntry(_index!, _count - 1) > length)
        {
            _count--;
        }

        _end = _count == 0 ? 0 : ReadEntry(_index!, _count - 1);
        IndexTail(length);
        RandomAccess.SetLength(_index!, _count * EntrySize);
        Close();
    }

    private void IndexTail(long length)
    {
        var buffer = new byte[64 * 1024];
        Span<byte> entry = stackalloc byte[EntrySize];
        for (var position = _end; position < length;)
        {
            var chunk = buffer.AsSpan(0, Fill(_text!, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - position)), position));
            for (var i = 0; i < chunk.Length; i++)
            {
                if (chunk[i] == (byte)'\n')
                {
                    _end = position + i + 1;
                    BinaryPrimitives.WriteInt64LittleEndian(entry, _end);
                    RandomAccess.Write(_index!, entry, _count++ * EntrySize);
                }
            }

            position += chunk.Length;
        }
    }
}
