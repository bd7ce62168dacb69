using OdmNode.Core.Errors;

namespace OdmNode.Engine.Running;

/// <summary>Keeps a second engine off a project; the system lets go of it however the process ends.</summary>
public sealed class ProjectLock : IDisposable
{
    private readonly FileStream file;

    private ProjectLock(FileStream file) => this.file = file;

    /// <exception cref="OdmException">Another process works on the project, or the folder cannot be written.</exception>
    public static ProjectLock Take(string projectFolder)
    {
        string path = Path.Combine(projectFolder, ".odmnode.lock");
        try
        {
            return new ProjectLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (File.Exists(path))
        {
            throw new OdmException(
                ErrorKind.Storage, $"Another engine works on {projectFolder}. Wait for it or stop it first.", exception);
        }
    }

    public void Dispose() => file.Dispose();
}
