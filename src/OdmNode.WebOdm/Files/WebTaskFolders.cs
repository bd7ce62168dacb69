using System.Globalization;
using OdmNode.Tasks.Storage;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.WebOdm.Files;

/// <summary>Where the files of tasks lie: below <c>webodm/tasks</c> in the data folder, on the file system of the node's own tasks, so that links reach.</summary>
public sealed class WebTaskFolders
{
    private const string Grave = ".removed-";
    private const string Pieces = "pieces-";

    /// <param name="folders">The node's folders.</param>
    public WebTaskFolders(TaskFolders folders)
    {
        Root = Path.Combine(folders.Root, "webodm", "tasks");
        Directory.CreateDirectory(Root);
    }

    private string Root { get; }

    /// <summary>Everything of one task.</summary>
    public string Task(long id) => Path.Combine(Root, id.ToString(CultureInfo.InvariantCulture));

    /// <summary>What was uploaded.</summary>
    public string Images(long id) => Path.Combine(Task(id), "images");

    /// <summary>Files on their way.</summary>
    public string Parts(long id) => Path.Combine(Task(id), "parts");

    /// <summary>A file that comes in pieces, until it is whole.</summary>
    /// <param name="id">The task.</param>
    /// <param name="upload">Names it; see <see cref="FilePiece"/>.</param>
    public string Assembled(long id, string upload) => Path.Combine(Parts(id), Pieces + upload);

    /// <summary>The console of a task whose node has forgotten it, or is another machine.</summary>
    public string Console(long id) => Path.Combine(Task(id), "console");

    /// <summary>What is to be known while photos are scaled.</summary>
    public string Shrinking(long id) => Path.Combine(Task(id), "shrinking");

    /// <summary>One set of results: <c>assets</c> below it has the archive's content by its paths, <c>all.zip</c> lies beside.</summary>
    public string Results(long id, int number) => Path.Combine(Task(id), "results-" + number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The results that downloads see; null before the first completion.</summary>
    public string? Results(WebTask task) => task.Results == 0 ? null : Results(task.Id, task.Results);

    /// <summary>The folder that raw assets are served from; null before the first completion.</summary>
    public string? Assets(WebTask task) => Results(task) is { } results ? ResultFolder.Assets(results) : null;

    /// <summary>Names of the uploaded files, in byte order.</summary>
    public IReadOnlyList<string> ListImages(long id) => Directory.Exists(Images(id))
        ? [.. Directory.EnumerateFiles(Images(id)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Deletes whatever belongs to a task; what cannot be deleted at once goes at the next start.</summary>
    public void Discard(long id) => Discard(Task(id));

    /// <summary>Deletes what was to be known while photos were scaled.</summary>
    public void DiscardShrinking(long id) => Discard(Shrinking(id));

    /// <summary>Deletes all sets of results but one.</summary>
    public void DiscardResults(long id, int but)
    {
        if (!Directory.Exists(Task(id)))
        {
            return;
        }

        foreach (var folder in Directory.EnumerateDirectories(Task(id), "results-*"))
        {
            if (folder != Results(id, but))
            {
                Discard(folder);
            }
        }
    }

    /// <summary>Deletes what a daemon that was killed left of files on their way; files that come in pieces go on where they stopped.</summary>
    public void DiscardCutOff(long id)
    {
        if (Directory.Exists(Parts(id)))
        {
            foreach (var part in Directory.EnumerateFiles(Parts(id)).Where(part => !Path.GetFileName(part).StartsWith(Pieces, StringComparison.Ordinal)))
            {
                File.Delete(part);
            }
        }
    }

    /// <summary>Deletes folders without a task: of requests that were cut off by the daemon's end, and graves.</summary>
    public void DiscardAllBut(IReadOnlySet<long> known)
    {
        foreach (var folder in Directory.EnumerateDirectories(Root))
        {
            var name = Path.GetFileName(folder);
            if (name.StartsWith(Grave, StringComparison.Ordinal))
            {
                Directory.Delete(folder, recursive: true);
            }
            else if (long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && !known.Contains(id))
            {
                Discard(folder);
            }
        }
    }

    private void Discard(string folder)
    {
        if (Directory.Exists(folder))
        {
            var grave = Path.Combine(Root, Grave + Guid.NewGuid().ToString("N"));
            Directory.Move(folder, grave);
            _ = System.Threading.Tasks.Task.Run(() => Directory.Delete(grave, recursive: true));
        }
    }
}
