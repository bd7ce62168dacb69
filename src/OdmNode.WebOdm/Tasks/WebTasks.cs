using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using OdmNode.WebOdm.Files;
using OdmNode.WebOdm.Storage;

namespace OdmNode.WebOdm.Tasks;

/// <summary>All tasks of the WebODM face. What is in memory counts; every change is in the database before anybody is told or anything is done about it.</summary>
public sealed class WebTasks
{
    private readonly WebTaskRows _rows;
    private readonly TaskNudges _nudges;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<long, WebTaskEntry> _tasks = new();
    private long _lastId;

    /// <summary>Loads every task of an earlier daemon.</summary>
    public WebTasks(WebOdmDatabase database, WebTaskFolders folders, TaskNudges nudges, TimeProvider time)
    {
        (_rows, Folders, _nudges, _time) = (new WebTaskRows(database), folders, nudges, time);
        foreach (var task in _rows.Load())
        {
            _tasks[task.Id] = new WebTaskEntry(task);
            folders.DiscardCutOff(task.Id);
            if (task.Stage != WebTaskStage.Fetching)
            {
                folders.DiscardResults(task.Id, task.Results);
            }
        }

        _lastId = _rows.LastId;
        folders.DiscardAllBut(_tasks.Keys.ToHashSet());
    }

    /// <summary>Where the files of tasks lie.</summary>
    public WebTaskFolders Folders { get; }

    /// <summary>All tasks, hidden ones included.</summary>
    internal IEnumerable<WebTaskEntry> Entries => _tasks.Select(entry => entry.Value);

    /// <summary>The tasks of a project in the order of their creation.</summary>
    public IReadOnlyList<WebTask> List(long project) =>
        [.. Entries.Select(entry => entry.Record).Where(task => task.Project == project && !task.IsHidden).OrderBy(task => task.Id)];

    /// <summary>The task; null when there is none in that project.</summary>
    public WebTask? Find(long project, long id) => Find(id) is { IsHidden: false } task && task.Project == project ? task : null;

    /// <summary>A number for a task that does not exist yet; never given twice while the daemon runs, nor after a task of it was added.</summary>
    public long Reserve() => Interlocked.Increment(ref _lastId);

    /// <summary>Adds a task.</summary>
    /// <param name="task">With a number from <see cref="Reserve"/>.</param>
    /// <exception cref="SqliteException">It cannot be written down.</exception>
    public WebTask Add(WebTask task)
    {
        lock (_gate)
        {
            _rows.Save(task);
            _tasks[task.Id] = new WebTaskEntry(task);
        }

        _nudges.Nudge(task.Id);
        return task;
    }

    /// <summary>Changes a task and tells the scheduler.</summary>
    /// <param name="id">The task.</param>
    /// <param name="change">From the present record to the next; null to leave it as it is.</param>
    /// <returns>The record as it is then; null when there is no such task any more.</returns>
    /// <exception cref="SqliteException">The change cannot be written down, and is not made.</exception>
    public WebTask? Update(long id, Func<WebTask, WebTask?> change)
    {
        var task = Change(id, change);
        _nudges.Nudge(id);
        return task;
    }

    /// <summary>Asks for a task to be cancelled, restarted or removed; a newer request replaces an older one that is not done yet.</summary>
    /// <returns>False when there is no such task any more.</returns>
    public bool Request(long id, PendingAction action, bool hide = false)
    {
        if (Entry(id) is not { } entry)
        {
            return false;
        }

        // Whoever wants a task gone does not want it back.
        Change(id, task => task with
        {
            PendingAction = task.PendingAction == PendingAction.Remove ? PendingAction.Remove : action,
            LastError = null,
            IsHidden = task.IsHidden || hide,
        });
        entry.IsAsked = true;
        Interrupt(entry);
        _nudges.Nudge(id);
        return true;
    }

    /// <summary>Removes every task of a project; none of them is seen any more on return.</summary>
    public void RemoveAll(long project)
    {
        foreach (var id in Entries.Select(entry => entry.Record).Where(task => task.Project == project).Select(task => task.Id).ToList())
        {
            Request(id, PendingAction.Remove, hide: true);
        }
    }

    /// <summary>Files came for a task.</summary>
    /// <param name="id">The task.</param>
    public WebTask? Received(long id) => Update(id, task => task with
    {
        ImagesCount = CountImages(id),
        TouchedAt = _time.GetUtcNow(),
        HasNewFiles = task.HasNewFiles || task.NodeTask is not null,
    });

    /// <summary>A node is not registered any more: no task is meant for it.</summary>
    public void ForgetNode(long node)
    {
        foreach (var id in Entries.Select(entry => entry.Record).Where(task => task.Node == node).Select(task => task.Id).ToList())
        {
            Update(id, task => task.Node == node ? task with { Node = null } : null);
        }
    }

    /// <summary>Number of photos among the uploaded files.</summary>
    public int CountImages(long id) =>
        Folders.ListImages(id).Count(path => OdmNode.Tasks.Uploads.SideFiles.IsPhoto(Path.GetFileName(path)));

    /// <summary>Keeps the scheduler from sending the files of a task while they are being received.</summary>
    /// <returns>Ends it; null when there is no such task.</returns>
    public IDisposable? Receive(long id) => Entry(id) is { } entry ? new Receiving(entry, () => EndReceiving(id)) : null;

    internal WebTaskEntry? Entry(long id) => _tasks.GetValueOrDefault(id);

    internal WebTask? Find(long id) => Entry(id)?.Record;

    /// <summary>As <see cref="Update"/>, without telling the scheduler, which does it itself.</summary>
    internal WebTask? Change(long id, Func<WebTask, WebTask?> change)
    {
        lock (_gate)
        {
            if (Entry(id) is not { } entry)
            {
                return null;
            }

            if (change(entry.Record) is { } changed && changed != entry.Record)
            {
                _rows.Save(changed);
                entry.Record = changed;
            }

            return entry.Record;
        }
    }

    /// <summary>Changes what need not survive the daemon: times and progress, which the next look tells again.</summary>
    internal void Advance(long id, Func<WebTask, WebTask> change)
    {
        lock (_gate)
        {
            if (Entry(id) is { } entry)
            {
                entry.Record = change(entry.Record);
            }
        }
    }

    /// <summary>Forgets a task, then deletes its files.</summary>
    internal void Erase(long id)
    {
        lock (_gate)
        {
            _rows.Delete(id);
            _tasks.TryRemove(id, out _);
        }

        Folders.Discard(id);
    }

    private void EndReceiving(long id)
    {
        if (Entry(id) is null)
        {
            // What came after the task was erased.
            Folders.Discard(id);
        }

        _nudges.Nudge(id);
    }

    private static void Interrupt(WebTaskEntry entry)
    {
        try
        {
            if (entry.Step is { } step)
            {
                _ = step.CancelAsync();
            }
        }
        catch (ObjectDisposedException)
        {
            // The step has just ended by itself.
        }
    }

    private sealed class Receiving : IDisposable
    {
        private readonly WebTaskEntry _entry;
        private readonly Action _onEnd;

        public Receiving(WebTaskEntry entry, Action onEnd)
        {
            (_entry, _onEnd) = (entry, onEnd);
            entry.BeginReceiving();
        }

        public void Dispose()
        {
            _entry.EndReceiving();
            _onEnd();
        }
    }
}
