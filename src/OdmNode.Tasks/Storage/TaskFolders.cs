using OdmNode.Core.Identity;

namespace OdmNode.Tasks.Storage;

/// <summary>Where things lie in the data folder; the only place that knows.</summary>
public sealed class TaskFolders
{
    /// <param name="root">The data folder; made when absent.</param>
    public TaskFolders(string root)
    {
        Root = Path.GetFullPath(root);
        Directory.CreateDirectory(Root);
        Directory.CreateDirectory(Uploads);
    }

    /// <summary>The data folder, absolute.</summary>
    public string Root { get; }

    /// <summary>The database of tasks.</summary>
    public string Database => Path.Combine(Root, "odmnode.db");

    /// <summary>Uploads that are not tasks yet; on the same file system as the tasks, so that taking one over is a rename.</summary>
    public string Uploads => Path.Combine(Root, "tmp");

    /// <summary>Everything of one task.</summary>
    public string Task(TaskId id) => Path.Combine(Root, id.Value);

    /// <summary>The photos of a task.</summary>
    public string Images(TaskId id) => Path.Combine(Task(id), "images");

    /// <summary>Text and alignment files of a task.</summary>
    public string SideFiles(TaskId id) => Path.Combine(Task(id), "gcp");

    /// <summary>The archive of results.</summary>
    public string Archive(TaskId id) => Path.Combine(Task(id), "all.zip");

    /// <summary>The console as one text, part of the archive.</summary>
    public string TaskOutput(TaskId id) => Path.Combine(Task(id), "task_output.txt");

    /// <summary>Renames a folder out of the way and deletes it; what cannot be deleted at once is deleted at the next start.</summary>
    /// <returns>The deletion, so that a caller may wait for it.</returns>
    public Task DiscardAsync(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return System.Threading.Tasks.Task.CompletedTask;
        }

        var grave = Path.Combine(Uploads, ".removed-" + Guid.NewGuid().ToString("N"));
        Directory.Move(folder, grave);
        return System.Threading.Tasks.Task.Run(() => Directory.Delete(grave, recursive: true));
    }

    /// <summary>Deletes what an earlier <see cref="DiscardAsync"/> left behind.</summary>
    public void DeleteDiscarded()
    {
        foreach (var grave in Directory.EnumerateDirectories(Uploads, ".removed-*"))
        {
            Directory.Delete(grave, recursive: true);
        }
    }

    /// <summary>Keeps a folder that no task owns under another name, so that a new task of that id starts clean.</summary>
    public void SetAside(TaskId id)
    {
        var folder = Task(id);
        for (var number = 1; Directory.Exists(folder); number++)
        {
            var kept = $"{folder}.old-{number}";
            if (!Directory.Exists(kept))
            {
                Directory.Move(folder, kept);
            }
        }
    }
}
