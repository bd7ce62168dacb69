using OdmNode.Core.Errors;
using OdmNode.Core.Identity;

namespace OdmNode.Tasks.ObjectStore;

/// <summary>A place away from this machine that finished tasks are copied to.</summary>
public interface IResultStore : IDisposable
{
    /// <summary>Makes sure that results can be written, by writing the empty object <c>test.txt</c>; to be asked before the node takes work.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="OdmException">The store cannot be reached or refuses; the message says why and what to change.</exception>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Copies the archive of a finished task, and where the settings ask for it every file in the archive beside it.</summary>
    /// <param name="id">The task; its id begins every name in the store.</param>
    /// <param name="archivePath">The archive, which becomes <c>&lt;id&gt;/all.zip</c>.</param>
    /// <param name="contents">Path and name of every file that the archive holds.</param>
    /// <param name="onLine">Told lines for the task's console, one at a time.</param>
    /// <param name="onFraction">Told the share that has been sent, from 0 to 1, never falling, one call at a time.</param>
    /// <param name="cancellationToken">Ends the upload; what is half uploaded is withdrawn.</param>
    /// <exception cref="ResultUploadException">A file could not be uploaded, however often it was tried; the console has been told.</exception>
    /// <exception cref="IOException">A file of the results cannot be read.</exception>
    Task UploadAsync(
        TaskId id,
        string archivePath,
        IReadOnlyList<(string Path, string Name)> contents,
        Action<string> onLine,
        Action<double> onFraction,
        CancellationToken cancellationToken);
}
