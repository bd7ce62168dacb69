using System.Text.Json;
using OdmNode.Core.Identity;
using OdmNode.Tasks.Storage;

namespace OdmNode.Tasks.Uploads;

/// <summary>All uploads that are not tasks yet; they survive a restart of the daemon.</summary>
public sealed class UploadStore
{
    private const string FieldsFile = "body.json";

    private readonly TaskFolders _folders;
    private readonly TimeProvider _time;
    private readonly Dictionary<TaskId, Upload> _uploads = [];
    private readonly Lock _gate = new();

    /// <param name="folders">Where uploads lie; what an earlier daemon received is found again.</param>
    /// <param name="time">Tells how long an upload was left alone.</param>
    public UploadStore(TaskFolders folders, TimeProvider time)
    {
        (_folders, _time) = (folders, time);
        foreach (var folder in Directory.EnumerateDirectories(folders.Uploads))
        {
            if (TaskId.TryParse(Path.GetFileName(folder), out var id) && ReadFields(folder) is { } fields)
            {
                DeleteParts(folder);
                _uploads[id] = new Upload(folder, fields, time);
            }
        }
    }

    /// <summary>Number of open uploads.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _uploads.Count;
            }
        }
    }

    /// <summary>Starts an upload; starting again with the id of an open one keeps its files and replaces its fields.</summary>
    public Upload Begin(TaskId id, UploadFields fields)
    {
        lock (_gate)
        {
            if (_uploads.TryGetValue(id, out var known))
            {
                WriteFields(known.Folder, fields);
                known.BeginAgain(fields);
                return known;
            }

            var upload = new Upload(Path.Combine(_folders.Uploads, id.Value), fields, _time);
            WriteFields(upload.Folder, fields);
            _uploads.Add(id, upload);
            return upload;
        }
    }

    /// <summary>The open upload of that id; null when there is none.</summary>
    public Upload? Find(TaskId id)
    {
        lock (_gate)
        {
            return _uploads.GetValueOrDefault(id);
        }
    }

    /// <summary>Closes an upload so that a task can take its files over. Its folder stays until <see cref="DeleteRest"/>.</summary>
    /// <returns>The closed upload; null when there is none.</returns>
    public Upload? Take(TaskId id)
    {
        lock (_gate)
        {
            return _uploads.Remove(id, out var upload) && upload.Close() ? upload : null;
        }
    }

    /// <summary>Gives up an upload with all its files.</summary>
    public void Discard(TaskId id)
    {
        Take(id);
        DeleteRest(id);
    }

    /// <summary>Gives up every upload that nothing has happened to since then.</summary>
    /// <returns>The uploads that are gone.</returns>
    public IReadOnlyList<TaskId> DiscardUntouchedSince(DateTimeOffset time)
    {
        List<TaskId> stale;
        lock (_gate)
        {
            stale = [.. _uploads.Where(upload => !upload.Value.IsReceiving && upload.Value.LastChange < time).Select(upload => upload.Key)];
        }

        stale.ForEach(Discard);
        return stale;
    }

    /// <summary>Where the files of a committed upload wait to be moved.</summary>
    internal string FilesOf(TaskId id) => Path.Combine(_folders.Uploads, id.Value, "files");

    /// <summary>Where an archive that belongs to a committed upload is fetched to.</summary>
    internal string FetchedArchiveOf(TaskId id) => Path.Combine(_folders.Uploads, id.Value, SideFiles.FetchedArchive);

    /// <summary>Deletes what is left of a committed upload.</summary>
    internal void DeleteRest(TaskId id) => _ = _folders.DiscardAsync(Path.Combine(_folders.Uploads, id.Value));

    private static UploadFields? ReadFields(string folder)
    {
        try
        {
            using var stream = File.OpenRead(Path.Combine(folder, FieldsFile));
            return JsonSerializer.Deserialize(stream, StorageJsonContext.Default.UploadFields);
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null;
        }
    }

    private static void WriteFields(string folder, UploadFields fields)
    {
        var partial = Path.Combine(folder, FieldsFile + ".partial");
        File.WriteAllBytes(partial, JsonSerializer.SerializeToUtf8Bytes(fields, StorageJsonContext.Default.UploadFields));
        File.Move(partial, Path.Combine(folder, FieldsFile), overwrite: true);
    }

    private static void DeleteParts(string folder)
    {
        var parts = Path.Combine(folder, "parts");
        if (Directory.Exists(parts))
        {
            Directory.Delete(parts, recursive: true);
        }
    }
}
