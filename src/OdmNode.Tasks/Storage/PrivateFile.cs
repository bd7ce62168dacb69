namespace OdmNode.Tasks.Storage;

/// <summary>Files that their owner alone can read, from their first byte on.</summary>
public static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file whole, in place of one that was there; on return it is on the disk.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var partial = path + ".partial";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(partial);
        using (var file = Create(partial))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
    }

    /// <summary>Makes an empty file unless there is one.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void MakeIfAbsent(string path)
    {
        if (!File.Exists(path))
        {
            Create(path).Dispose();
        }
    }

    /// <summary>Takes everybody else's access away from a file that is there.</summary>
    /// <exception cref="UnauthorizedAccessException">The file is another user's.</exception>
    public static void Close(string path)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != OwnerOnly)
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
    }

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }
}
