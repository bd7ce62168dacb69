namespace OdmNode.Pipeline.Checkpoints;

/// <summary>The changes that the store makes on disk: one seam, so that tests can cut a run off at any of them.</summary>
public class StoreFiles
{
    /// <summary>Opens a new file for writing; an old one of that name is replaced.</summary>
    public virtual Stream Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
    }

    /// <summary>Returns when the file's content is on the disk.</summary>
    public virtual void Flush(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Renames, replacing what has the new name; atomic.</summary>
    public virtual void Move(string from, string to) => File.Move(from, to, overwrite: true);

    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>Renames a folder; nothing has the new name.</summary>
    public virtual void MoveFolder(string from, string to) => Directory.Move(from, to);

    /// <summary>Removes a folder with all it holds.</summary>
    public virtual void DeleteFolder(string path) => Directory.Delete(path, recursive: true);
}
