using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using OdmNode.Client.Http;
using OdmNode.Client.Wire;

namespace OdmNode.Client.Transfers;

/// <summary>
/// A download that is not whole yet: the file under a temporary name in its final size, and beside it a record of the version and of
/// the chunks that are on disk, so that another process can go on.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(1);

    private readonly string _target;
    private readonly DownloadRecord _record;
    private readonly SafeFileHandle _file;
    private readonly SortedSet<int> _finished;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private long _saved;

    private PartialFile(string target, DownloadRecord record, SafeFileHandle file, TimeProvider time)
    {
        (_target, _record, _file, _time) = (target, record, file, time);
        _finished = [.. record.Finished];
        _saved = time.GetTimestamp();
    }

    public AssetVersion Version => new(_record.ETag, _record.LastModified, _record.Length);

    /// <summary>Bytes of the chunks that are on disk.</summary>
    public long FinishedBytes => _finished.Sum(chunk => End(chunk) - Start(chunk));

    /// <summary>Starts anew; the room is taken at once, so that a full disk shows before the first byte is fetched.</summary>
    public static PartialFile Create(string target, string task, string asset, AssetVersion version, int chunkBytes, TimeProvider time)
    {
        Delete(target);
        var record = new DownloadRecord
        {
            Task = task, Asset = asset, ETag = version.ETag, LastModified = version.LastModified, Length = version.Length, ChunkBytes = chunkBytes,
        };
        var file = File.OpenHandle(
            DataPath(target), FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.Asynchronous, preallocationSize: version.Length);
        RandomAccess.SetLength(file, version.Length);
        return new PartialFile(target, record, file, time);
    }

    /// <summary>Goes on with what an earlier process left of the same file of the same task; null when there is nothing of use.</summary>
    public static PartialFile? Reopen(string target, string task, string asset, TimeProvider time)
    {
        var data = new FileInfo(DataPath(target));
        if (ReadRecord(target) is not { ChunkBytes: > 0 } record || record.Task != task || record.Asset != asset
            || !data.Exists || data.Length != record.Length)
        {
            return null;
        }

        // Nobody else may write: a second process that fetches the same file fails here.
        var file = File.OpenHandle(data.FullName, FileMode.Open, FileAccess.Write, FileShare.None, FileOptions.Asynchronous);
        return new PartialFile(target, record, file, time);
    }

    /// <summary>Removes what is left of a download.</summary>
    public static void Delete(string target)
    {
        File.Delete(RecordPath(target));
        File.Delete(DataPath(target));
    }

    /// <summary>Where the bytes lie until the file is whole.</summary>
    public static string DataPath(string target) => target + ".partial";

    public IReadOnlyList<int> MissingChunks() =>
        [.. Enumerable.Range(0, (int)((_record.Length + _record.ChunkBytes - 1) / _record.ChunkBytes)).Where(chunk => !_finished.Contains(chunk))];

    /// <summary>Number of the first byte of a chunk.</summary>
    public long Start(int chunk) => chunk * _record.ChunkBytes;

    /// <summary>Number of the byte after a chunk.</summary>
    public long End(int chunk) => Math.Min(Start(chunk) + _record.ChunkBytes, _record.Length);

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, long position, CancellationToken cancellationToken) =>
        RandomAccess.WriteAsync(_file, bytes, position, cancellationToken);

    /// <summary>A chunk has been written. Remembered on disk at most once a second, after the bytes themselves.</summary>
    public void Finish(int chunk)
    {
        lock (_gate)
        {
            _finished.Add(chunk);
            if (_time.GetElapsedTime(_saved) >= SaveInterval)
            {
                Save();
                _saved = _time.GetTimestamp();
            }
        }
    }

    /// <summary>Gives the file, now whole, its name.</summary>
    public void Complete()
    {
        RandomAccess.FlushToDisk(_file);
        _file.Dispose();
        File.Move(DataPath(_target), _target, overwrite: true);
        File.Delete(RecordPath(_target));
    }

    /// <summary>Stops; what is finished can be taken up again.</summary>
    public void Suspend()
    {
        lock (_gate)
        {
            Save();
        }
    }

    public void Dispose() => _file.Dispose();

    private static string RecordPath(string target) => DataPath(target) + ".json";

    private static DownloadRecord? ReadRecord(string target)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(RecordPath(target)), ClientJson.Default.DownloadRecord);
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null;
        }
    }

    private void Save()
    {
        // The record must never claim bytes that a power cut can still take away.
        RandomAccess.FlushToDisk(_file);
        var fresh = RecordPath(_target) + ".new";
        File.WriteAllBytes(
            fresh, JsonSerializer.SerializeToUtf8Bytes(_record with { Finished = [.. _finished] }, ClientJson.Default.DownloadRecord));
        File.Move(fresh, RecordPath(_target), overwrite: true);
    }
}
