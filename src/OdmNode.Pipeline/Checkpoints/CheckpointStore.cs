using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Text.Json;
using OdmNode.Core.Hashing;

namespace OdmNode.Pipeline.Checkpoints;

/// <summary>
/// The finished units of one project: <c>checkpoints/&lt;stage&gt;/&lt;key&gt;</c>, each whole or absent. Safe for many threads;
/// one process at a time.
/// </summary>
public sealed class CheckpointStore
{
    private readonly StoreFiles files;
    private readonly string projectFolder;
    private readonly string root;
    private readonly ConcurrentDictionary<string, CheckpointIndex> verified = new(StringComparer.Ordinal);

    /// <param name="projectFolder">Absolute path.</param>
    /// <param name="files">How the disk is changed.</param>
    public CheckpointStore(string projectFolder, StoreFiles? files = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(projectFolder);
        this.projectFolder = projectFolder;
        this.files = files ?? new StoreFiles();
        root = Path.Combine(projectFolder, "checkpoints");
    }

    /// <summary>Removes what a killed run left half-written.</summary>
    public void RemovePartials()
    {
        if (!Directory.Exists(root))
        {
            return;
        }

        foreach (string path in Directory.EnumerateFiles(root, "*.partial", SearchOption.AllDirectories))
        {
            files.Delete(path);
        }
    }

    /// <summary>Removes all units of a stage, to save room.</summary>
    public void Discard(string stage)
    {
        string folder = Path.Combine(root, stage);
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (string path in Directory.EnumerateFiles(folder))
        {
            verified.TryRemove(path, out _);
            files.Delete(path);
        }
    }

    public CheckpointWriter Create(string stage, ContentKey key, string unit, int codeVersion)
    {
        string path = PathOf(stage, key);
        verified.TryRemove(path, out _);
        return new CheckpointWriter(files, path, new CheckpointHeader(stage, unit, codeVersion, key.Hex));
    }

    /// <summary>Is the checkpoint there and whole?</summary>
    /// <exception cref="DamagedCheckpointException">It is there and cannot be trusted.</exception>
    public bool IsPresent(string stage, ContentKey key)
    {
        string path = PathOf(stage, key);
        if (verified.ContainsKey(path))
        {
            return File.Exists(path);
        }

        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            verified[path] = Verify(path, stage, key);
            return true;
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            throw new DamagedCheckpointException(path, exception.Message, exception);
        }
    }

    /// <summary>Opens a checkpoint, verifying it the first time.</summary>
    /// <exception cref="DamagedCheckpointException">It is absent or cannot be trusted.</exception>
    public CheckpointReader Open(string stage, ContentKey key)
    {
        string path = PathOf(stage, key);
        return IsPresent(stage, key)
            ? new CheckpointReader(path, verified[path])
            : throw new DamagedCheckpointException(path, "it is missing");
    }

    /// <summary>Renames a damaged checkpoint so that it is neither used nor lost.</summary>
    public void SetAside(string path)
    {
        verified.TryRemove(path, out _);
        if (File.Exists(path))
        {
            files.Move(path, path + ".damaged");
        }
    }

    /// <summary>Writes a delivered file under a temporary name, flushes it and gives it its name.</summary>
    public ArtefactRecord WriteArtefact(string path, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string target = AbsolutePathOf(path);
        string temporary = Path.Combine(Path.GetDirectoryName(target)!, ".partial-" + Path.GetFileName(target));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (File.Exists(temporary))
        {
            files.Delete(temporary);
        }

        write(temporary);
        files.Flush(temporary);
        string hash = ArtefactState.HashOf(temporary, isFolder: false);
        files.Move(temporary, target);
        return RecordOf(path, hash);
    }

    /// <summary>
    /// Writes a delivered folder under a temporary name, flushes its files, and gives it its name when the old folder is gone.
    /// </summary>
    /// <param name="path">Ends in a slash.</param>
    /// <param name="write">Gets the absolute path of an empty folder.</param>
    public ArtefactRecord WriteArtefactFolder(string path, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string target = Path.TrimEndingDirectorySeparator(AbsolutePathOf(path));
        string temporary = Path.Combine(Path.GetDirectoryName(target)!, ".partial-" + Path.GetFileName(target));
        RemoveFolder(temporary);
        Directory.CreateDirectory(temporary);
        write(temporary);
        foreach (string file in ArtefactState.FilesOf(temporary))
        {
            files.Flush(file);
        }

        string hash = ArtefactState.HashOf(temporary, isFolder: true);
        RemoveFolder(target);
        files.MoveFolder(temporary, target);
        return RecordOf(path, hash);
    }

    /// <summary>Removes a file, or a folder with a slash at its end, that an earlier run with other options delivered.</summary>
    public void RemoveArtefact(string path)
    {
        string target = AbsolutePathOf(path);
        if (path.EndsWith('/'))
        {
            RemoveFolder(target);
        }
        else if (File.Exists(target))
        {
            files.Delete(target);
        }
    }

    /// <summary>Where a stage may put what it does not keep. What a killed run leaves there, the next one removes.</summary>
    public string ScratchPath(string stage, string name)
    {
        string folder = Path.Combine(root, stage);
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, name + ".partial");
    }

    /// <summary>Is a delivered file or folder still what it was?</summary>
    public bool Holds(ArtefactRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        string path = AbsolutePathOf(record.Path);
        bool isFolder = record.Path.EndsWith('/');
        return ArtefactState.Of(path, isFolder) is { } state && state.Length == record.Length
            && (state.ModifiedTicks == record.ModifiedTicks || ArtefactState.HashOf(path, isFolder) == record.Hash);
    }

    private ArtefactRecord RecordOf(string path, string hash)
    {
        ArtefactState state = ArtefactState.Of(AbsolutePathOf(path), path.EndsWith('/'))!.Value;
        return new ArtefactRecord(path, state.Length, state.ModifiedTicks, hash);
    }

    private void RemoveFolder(string path)
    {
        if (Directory.Exists(path))
        {
            files.DeleteFolder(path);
        }
    }

    private static CheckpointIndex Verify(string path, string stage, ContentKey key)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 17, FileOptions.SequentialScan);
        long length = stream.Length;
        if (length < CheckpointWriter.Magic.Length + sizeof(int) + CheckpointWriter.TrailerLength)
        {
            throw new DamagedCheckpointException(path, "it is cut short");
        }

        var hash = new XxHash128();
        hash.Append(new BoundedStream(stream, 0, length - 16));
        Span<byte> trailer = stackalloc byte[CheckpointWriter.TrailerLength];
        stream.Seek(-trailer.Length, SeekOrigin.End);
        stream.ReadExactly(trailer);
        if (!hash.GetCurrentHash().AsSpan().SequenceEqual(trailer[sizeof(int)..]))
        {
            throw new DamagedCheckpointException(path, "its checksum is wrong");
        }

        // From here on the bytes are those that were written; only a file of another version or place can disagree.
        stream.Seek(0, SeekOrigin.Begin);
        Span<byte> start = stackalloc byte[CheckpointWriter.Magic.Length + sizeof(int)];
        stream.ReadExactly(start);
        if (!start.StartsWith(CheckpointWriter.Magic))
        {
            throw new DamagedCheckpointException(path, "it is of another format");
        }

        byte[] header = new byte[BinaryPrimitives.ReadInt32LittleEndian(start[CheckpointWriter.Magic.Length..])];
        stream.ReadExactly(header);
        CheckpointHeader? read = JsonSerializer.Deserialize(header, CheckpointJson.Default.CheckpointHeader);
        if (read is null || read.Stage != stage || read.Key != key.Hex)
        {
            throw new DamagedCheckpointException(path, "it belongs to another unit");
        }

        byte[] index = new byte[BinaryPrimitives.ReadInt32LittleEndian(trailer)];
        stream.Seek(length - trailer.Length - index.Length, SeekOrigin.Begin);
        stream.ReadExactly(index);
        return JsonSerializer.Deserialize(index, CheckpointJson.Default.CheckpointIndex)!;
    }

    private string PathOf(string stage, ContentKey key) => Path.Combine(root, stage, key.Hex);

    private string AbsolutePathOf(string path) => Path.Combine(projectFolder, path.Replace('/', Path.DirectorySeparatorChar));
}
