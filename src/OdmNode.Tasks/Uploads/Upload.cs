namespace OdmNode.Tasks.Uploads;

/// <summary>An upload in progress: files arrive one by one, in parallel, until it is taken over by a task or discarded.</summary>
/// <remarks>A file is written under a temporary name and renamed when it is whole, so a transfer that breaks off leaves nothing.</remarks>
public sealed class Upload
{
    private const int BufferSize = 128 * 1024;

    private readonly string _parts;
    private readonly Lock _gate = new();
    private bool _closed;

    internal Upload(string folder, UploadFields fields)
    {
        Folder = folder;
        Fields = fields;
        _parts = Path.Combine(folder, "parts");
        Directory.CreateDirectory(_parts);
        Directory.CreateDirectory(Files);
    }

    /// <summary>The text fields; replaced when the client initialises again.</summary>
    public UploadFields Fields { get; internal set; }

    /// <summary>Where whole files lie.</summary>
    public string Files => Path.Combine(Folder, "files");

    /// <summary>Number of whole files.</summary>
    public int FileCount => Directory.Exists(Files) ? Directory.EnumerateFiles(Files).Count() : 0;

    internal string Folder { get; }

    /// <summary>Stores one file.</summary>
    /// <param name="givenName">As the client sent it.</param>
    /// <param name="content">The bytes; copied as they come.</param>
    /// <param name="cancellationToken">Cancelled when the client has gone.</param>
    /// <returns>The stored name; null when the given name is empty, and then nothing is stored.</returns>
    /// <exception cref="FormatException">The name cannot be stored.</exception>
    /// <exception cref="InvalidOperationException">The upload was closed in the meantime.</exception>
    public async Task<string?> ReceiveAsync(string givenName, Stream content, CancellationToken cancellationToken)
    {
        if (UploadNames.Clean(givenName) is not { } name)
        {
            return null;
        }

        var part = Path.Combine(_parts, Guid.NewGuid().ToString("N"));
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.Asynchronous,
            };
            var file = new FileStream(part, options);
            await using (file.ConfigureAwait(false))
            {
                await content.CopyToAsync(file, BufferSize, cancellationToken).ConfigureAwait(false);
            }

            return Keep(part, name);
        }
        finally
        {
            File.Delete(part);
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

    private string Keep(string part, string name)
    {
        lock (_gate)
        {
            if (_closed)
            {
                throw new InvalidOperationException("The upload has been committed or discarded.");
            }

            while (File.Exists(Path.Combine(Files, name)))
            {
                name = UploadNames.Next(name);
            }

            File.Move(part, Path.Combine(Files, name), overwrite: false);
            return name;
        }
    }
}
