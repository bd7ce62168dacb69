using OdmNode.Core.Errors;

namespace OdmNode.Tasks.Storage;

/// <summary>Keeps a second daemon off a data folder, where it would end the engines of the first; the system lets go of it however the process ends.</summary>
public sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <param name="dataFolder">Made when absent.</param>
    /// <exception cref="OdmException">Another daemon uses the folder.</exception>
    public static DataFolderLock Take(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        var path = Path.Combine(Path.GetFullPath(dataFolder), ".odmnode.lock");
        try
        {
            return new DataFolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (File.Exists(path))
        {
            throw new OdmException(
                ErrorKind.Storage, $"Another node uses the folder {Path.GetFullPath(dataFolder)}. Stop it first, or choose another --data.", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
