using System.Collections.Concurrent;
using OdmNode.Tasks.Output;
using OdmNode.Tasks.Storage;
using OdmNode.WebOdm.Files;
using OdmNode.WebOdm.Nodes;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.WebOdm.Scheduling;

/// <summary>The console of every task: the node's own while it is this node's, else what was copied from it.</summary>
public sealed class TaskConsoles(WebTaskFolders folders, NodeRegistry nodes)
{
    private readonly ConcurrentDictionary<long, ConsoleLog> _copies = new();

    /// <summary>The console as it is now.</summary>
    public ConsoleLog Of(WebTask task) => Live(task) ?? Copy(task.Id);

    /// <summary>The lines copied from a node on another machine.</summary>
    internal ConsoleLog Copy(long id) => _copies.GetOrAdd(id, _ => new ConsoleLog(folders.Console(id)));

    /// <summary>Gives the console of this node a second name, so that it outlives the node's task.</summary>
    internal void Keep(WebTask task)
    {
        if (Live(task) is not { } live || !File.Exists(live.TextPath))
        {
            return;
        }

        Clear(task.Id);
        Directory.CreateDirectory(folders.Console(task.Id));
        FileLinks.LinkOrCopy(live.TextPath, Path.Combine(folders.Console(task.Id), Path.GetFileName(live.TextPath)));
    }

    /// <summary>Closes the files of a copy until its next line: a server may know very many tasks.</summary>
    internal void Rest(long id)
    {
        if (_copies.TryGetValue(id, out var copy))
        {
            copy.Close();
        }
    }

    /// <summary>A new run begins.</summary>
    internal void Clear(long id)
    {
        if (Directory.Exists(folders.Console(id)))
        {
            Copy(id).Clear();
        }

        Forget(id);
    }

    /// <summary>The task is gone.</summary>
    internal void Forget(long id)
    {
        if (_copies.TryRemove(id, out var copy))
        {
            copy.Dispose();
        }
    }

    private ConsoleLog? Live(WebTask task) => task.Uuid.Length > 0 ? nodes.Find(task.Holder)?.Node.ConsoleOf(task.Uuid) : null;
}
