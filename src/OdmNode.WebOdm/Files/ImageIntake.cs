using OdmNode.Tasks.Uploads;

namespace OdmNode.WebOdm.Files;

/// <summary>Receives the files of a task: straight to the disk where they stay, under their name only when they are whole.</summary>
public sealed class ImageIntake(WebTaskFolders folders)
{
    private const int BufferSize = 256 * 1024;
    private const string Marks = ".received";

    private readonly Lock _gate = new();

    /// <summary>Stores one file; one of the same name is replaced.</summary>
    /// <param name="task">The task, or the number reserved for it.</param>
    /// <param name="givenName">As the client sent it.</param>
    /// <param name="content">The bytes; copied as they come.</param>
    /// <param name="cancellationToken">Cancelled when the client has gone.</param>
    /// <returns>The stored file; null when the given name is empty, and then nothing is stored.</returns>
    /// <exception cref="FormatException">The name cannot be stored; the message says why.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public async Task<StoredFile?> ReceiveAsync(long task, string givenName, Stream content, CancellationToken cancellationToken)
    {
        if (UploadNames.Clean(givenName) is null)
        {
            return null;
        }

        var part = await WritePartAsync(task, content, cancellationToken).ConfigureAwait(false);
        try
        {
            return Keep(task, part, givenName);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Gives a file that was written whole its name; one of the same name is replaced.</summary>
    /// <param name="task">The task.</param>
    /// <param name="part">From <see cref="WritePartAsync"/>.</param>
    /// <param name="givenName">As the client sent it.</param>
    /// <exception cref="FormatException">The name cannot be stored.</exception>
    public StoredFile Keep(long task, string part, string givenName)
    {
        var name = UploadNames.Clean(givenName) ?? throw new FormatException("Invalid file name: it is empty");
        Directory.CreateDirectory(folders.Images(task));
        var target = Path.Combine(folders.Images(task), name);
        File.Move(part, target, overwrite: true);
        return new StoredFile(name, new FileInfo(target).Length);
    }

    /// <summary>Stores a piece of a file at its place; repeats and any order do no harm.</summary>
    /// <param name="task">The task.</param>
    /// <param name="part">The piece, from <see cref="WritePartAsync"/>; deleted.</param>
    /// <param name="givenName">The file's name as this request gave it.</param>
    /// <param name="piece">Which piece it is.</param>
    /// <returns>The file when this piece made it whole; null while pieces are missing.</returns>
    /// <exception cref="FormatException">The name cannot be stored.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public StoredFile? ReceivePiece(long task, string part, string givenName, FilePiece piece)
    {
        try
        {
            var whole = folders.Assembled(task, piece.Upload);
            lock (_gate)
            {
                if (FindReceived(task, whole, part, givenName, piece) is { } received)
                {
                    return received;
                }

                using (var target = new FileStream(whole, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0))
                using (var source = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0))
                {
                    target.Position = piece.Offset;
                    source.CopyTo(target, BufferSize);
                }

                return MarkReceived(whole + Marks, piece) ? Keep(task, whole, givenName) : null;
            }
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Writes what comes to a file with a name of its own.</summary>
    /// <returns>Its path; the caller moves or deletes it.</returns>
    public async Task<string> WritePartAsync(long task, Stream content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folders.Parts(task));
        var part = Path.Combine(folders.Parts(task), Guid.NewGuid().ToString("N"));
        var isWhole = false;
        try
        {
            await using var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            await content.CopyToAsync(file, BufferSize, cancellationToken).ConfigureAwait(false);
            isWhole = true;
            return part;
        }
        finally
        {
            if (!isWhole)
            {
                File.Delete(part);
            }
        }
    }

    /// <summary>
    /// The file of an upload that is whole, when a piece of it comes once more: the marks stay, because a client whose last piece was not
    /// answered sends that one again. Null for a piece that is new, or of another content under the same upload, which begins anew.
    /// </summary>
    private StoredFile? FindReceived(long task, string whole, string part, string givenName, FilePiece piece)
    {
        if (File.Exists(whole) || !File.Exists(whole + Marks))
        {
            return null;
        }

        if (UploadNames.Clean(givenName) is { } name && new FileInfo(Path.Combine(folders.Images(task), name)) is { Exists: true } file
            && IsPartOf(file.FullName, part, piece.Offset))
        {
            return new StoredFile(name, file.Length);
        }

        File.Delete(whole + Marks);
        return null;
    }

    private static bool IsPartOf(string path, string part, long offset)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize);
        using var piece = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize);
        if (offset + piece.Length > file.Length)
        {
            return false;
        }

        file.Position = offset;
        var (expected, actual) = (new byte[BufferSize], new byte[BufferSize]);
        for (int length; (length = piece.ReadAtLeast(expected, BufferSize, throwOnEndOfStream: false)) > 0;)
        {
            file.ReadExactly(actual, 0, length);
            if (!expected.AsSpan(0, length).SequenceEqual(actual.AsSpan(0, length)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>One byte for each piece; kept on the disk, so that a restart of the daemon between two pieces loses neither.</summary>
    private static bool MarkReceived(string path, FilePiece piece)
    {
        using var marks = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        marks.SetLength(Math.Max(marks.Length, piece.Count));
        marks.Position = piece.Index;
        marks.WriteByte(1);
        marks.Position = 0;
        var all = new byte[piece.Count];
        marks.ReadExactly(all);
        return Array.TrueForAll(all, mark => mark == 1);
    }
}
