using System.Buffers;
using System.IO.Hashing;
using OdmNode.Tasks.Storage;

namespace OdmNode.Tasks.Uploads;

/// <summary>An upload in progress: files arrive one by one, in parallel, until it is taken over by a task or discarded.</summary>
/// <remarks>
/// A file is written under a temporary name and renamed when it is whole, so a transfer that breaks off leaves nothing. A
/// client whose request was not answered, or that began again, may send a file once more: the same name with the same
/// content is then kept once. Within what was answered, equal names are different files, as the protocol has it.
/// </remarks>
public sealed class Upload
{
    private const int BufferSize = 256 * 1024;

    /// <summary>A disk that is behind holds a thread for each write; however many uploads there are, requests must find threads free.</summary>
    private static readonly SemaphoreSlim Writers = new(Math.Max(2, Environment.ProcessorCount));

    private readonly string _parts;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, UploadedFile> _hashed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);
    private int _transfers;
    private bool _closed;

    internal Upload(string folder, UploadFields fields, TimeProvider time)
    {
        (Folder, Fields, _time) = (folder, fields, time);
        _parts = Path.Combine(folder, "parts");
        Directory.CreateDirectory(_parts);
        Directory.CreateDirectory(Files);
        LastChange = new DateTimeOffset(Directory.GetLastWriteTimeUtc(Files), TimeSpan.Zero);
    }

    /// <summary>The text fields; replaced when the client initialises again.</summary>
    public UploadFields Fields { get; private set; }

    /// <summary>Where whole files lie.</summary>
    public string Files => Path.Combine(Folder, "files");

    /// <summary>Number of whole files.</summary>
    public int FileCount => Directory.Exists(Files) ? Directory.EnumerateFiles(Files).Count() : 0;

    internal string Folder { get; }

    /// <summary>When the upload was last begun or a file of it ended.</summary>
    internal DateTimeOffset LastChange { get; private set; }

    /// <summary>True while a file is on its way.</summary>
    internal bool IsReceiving => Volatile.Read(ref _transfers) > 0;

    /// <summary>Stores one file.</summary>
    /// <param name="givenName">As the client sent it.</param>
    /// <param name="content">The bytes; copied as they come.</param>
    /// <param name="siblings">What the same request brought before: of one request every file is kept, whatever its name and content.</param>
    /// <param name="cancellationToken">Cancelled when the client has gone.</param>
    /// <returns>The stored file; null when the given name is empty, and then nothing is stored.</returns>
    /// <exception cref="FormatException">The name cannot be stored.</exception>
    /// <exception cref="InvalidOperationException">The upload was closed in the meantime.</exception>
    public async Task<UploadedFile?> ReceiveAsync(
        string givenName, Stream content, IReadOnlyCollection<UploadedFile> siblings, CancellationToken cancellationToken)
    {
        if (UploadNames.Clean(givenName) is not { } name)
        {
            return null;
        }

        var part = Path.Combine(_parts, Guid.NewGuid().ToString("N"));
        Interlocked.Increment(ref _transfers);
        try
        {
            var (size, hash) = await WriteAsync(part, content, cancellationToken).ConfigureAwait(false);
            return Keep(part, new UploadedFile(name, size, hash), siblings);
        }
        finally
        {
            File.Delete(part);
            LastChange = _time.GetUtcNow();
            Interlocked.Decrement(ref _transfers);
        }
    }

    /// <summary>Takes a file of this machine in without a second copy of it; it replaces one of its name.</summary>
    /// <param name="path">The file; must stay unchanged from now on.</param>
    /// <exception cref="InvalidOperationException">The upload was closed in the meantime.</exception>
    /// <exception cref="IOException">The file is gone, or the disk is full.</exception>
    public void Link(string path)
    {
        lock (_gate)
        {
            if (_closed)
            {
                throw new InvalidOperationException("The upload has been committed or discarded.");
            }

            var target = Path.Combine(Files, Path.GetFileName(path));
            File.Delete(target);
            FileLinks.LinkOrCopy(path, target);
            _hashed.Remove(Path.GetFileName(path));
            LastChange = _time.GetUtcNow();
        }
    }

    /// <summary>The client has learned that these files are stored.</summary>
    public void Answered(IEnumerable<UploadedFile> files)
    {
        lock (_gate)
        {
            _answered.UnionWith(files.Select(file => file.Name));
        }
    }

    /// <summary>What the upload holds, sorted by name. Files of an earlier life of the daemon are read once for their hash.</summary>
    public IReadOnlyList<UploadedFile> List(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Files))
        {
            return [];
        }

        var files = new List<UploadedFile>();
        foreach (var path in Directory.EnumerateFiles(Files))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Hashed(Path.GetFileName(path)) is { } file)
            {
                files.Add(file);
            }
        }

        return [.. files.OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    /// <summary>The client starts anew with the same id: files stay, and sending them again does not double them.</summary>
    internal void BeginAgain(UploadFields fields)
    {
        lock (_gate)
        {
            Fields = fields;
            _answered.Clear();
            LastChange = _time.GetUtcNow();
        }
    }

    /// <summary>No file is accepted any more. Idempotent.</summary>
    /// <returns>False when it was closed before.</returns>
    internal bool Close()
    {
        lock (_gate)
        {
            var first = !_closed;
            _closed = true;
            return first;
        }
    }

    private static async Task<(long Size, string Hash)> WriteAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        var hash = new XxHash128();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
            var size = 0L;
            for (int read; (read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0; size += read)
            {
                await Writers.WaitAsync(cancellationToken).ConfigureAwait(false);
                try
                {
                    hash.Append(buffer.AsSpan(0, read));
                    RandomAccess.Write(file, buffer.AsSpan(0, read), size);
                }
                finally
                {
                    Writers.Release();
                }
            }

            return (size, Convert.ToHexStringLower(hash.GetCurrentHash()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private UploadedFile Keep(string part, UploadedFile file, IReadOnlyCollection<UploadedFile> siblings)
    {
        lock (_gate)
        {
            if (_closed)
            {
                throw new InvalidOperationException("The upload has been committed or discarded.");
            }

            while (File.Exists(Path.Combine(Files, file.Name)))
            {
                if (IsRepeated(file) && !siblings.Contains(file))
                {
                    return file;
                }

                file = file with { Name = UploadNames.Next(file.Name) };
            }

            File.Move(part, Path.Combine(Files, file.Name), overwrite: false);
            _hashed[file.Name] = file;
            return file;
        }
    }

    private bool IsRepeated(UploadedFile file) =>
        !_answered.Contains(file.Name)
        && new FileInfo(Path.Combine(Files, file.Name)).Length == file.Size
        && Hashed(file.Name) == file;

    /// <returns>The file with its hash; null when it has gone.</returns>
    private UploadedFile? Hashed(string name)
    {
        lock (_gate)
        {
            if (_hashed.TryGetValue(name, out var known))
            {
                return known;
            }
        }

        try
        {
            using var stream = File.OpenRead(Path.Combine(Files, name));
            var hash = new XxHash128();
            hash.Append(stream);
            var file = new UploadedFile(name, stream.Length, Convert.ToHexStringLower(hash.GetCurrentHash()));
            lock (_gate)
            {
                _hashed[name] = file;
            }

            return file;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
