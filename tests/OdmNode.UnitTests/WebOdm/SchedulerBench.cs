using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OdmNode.Tasks.Storage;
using OdmNode.Testing.Files;
using OdmNode.WebOdm;
using OdmNode.WebOdm.Files;
using OdmNode.WebOdm.Nodes;
using OdmNode.WebOdm.Projects;
using OdmNode.WebOdm.Scheduling;
using OdmNode.WebOdm.Storage;
using OdmNode.WebOdm.Tasks;
using OdmNode.WebOdm.Tiles;

namespace OdmNode.UnitTests.WebOdm;

/// <summary>A scheduler over a database in a temporary folder, with two nodes that do what the test says and a clock that it sets.</summary>
internal sealed class SchedulerBench : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WebOdmDatabase _database;
    private readonly PhotoShrinking _shrinking;

    public SchedulerBench()
    {
        var folders = new TaskFolders(_folder.Root);
        _database = new WebOdmDatabase(folders);
        Tasks = new WebTasks(_database, new WebTaskFolders(folders), Nudges, Time);
        Nodes = new NodeRegistry(_database, new BuiltInNode(null!, null!), Settings, Time, NullLogger<NodeRegistry>.Instance);
        Nodes.Put(new NodeRecord(1, "first", 3000, string.Empty, string.Empty), First).Heard();
        Nodes.Put(new NodeRecord(2, "second", 3000, string.Empty, string.Empty), Second).Heard();
        Consoles = new TaskConsoles(Tasks.Folders, Nodes);
        Projects = new ProjectStore(_database, Time);
        _shrinking = new PhotoShrinking(Tasks.Folders, Scaler);
        var places = new ResultPlaces(Rasters);
        Step = new TaskStep(Tasks, Nodes, Consoles, Projects, places, _shrinking, Time);
        Scheduler = new WebTaskScheduler(Tasks, Nodes, Consoles, Projects, places, _shrinking, Nudges, Settings, Time, NullLogger<WebTaskScheduler>.Instance);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    public WebOdmSettings Settings { get; } = new();

    public TaskNudges Nudges { get; } = new();

    public FakeNode First { get; } = new();

    public FakeNode Second { get; } = new();

    public FakeRasters Rasters { get; } = new();

    public FakeScaler Scaler { get; } = new();

    public WebTasks Tasks { get; }

    public NodeRegistry Nodes { get; }

    public TaskConsoles Consoles { get; }

    public ProjectStore Projects { get; }

    public TaskStep Step { get; }

    public WebTaskScheduler Scheduler { get; }

    /// <summary>A task that waits, changed as the test wants it.</summary>
    public long Add(Func<WebTask, WebTask>? change = null)
    {
        var task = new WebTask { Id = Tasks.Reserve(), Project = 1, CreatedAt = Time.GetUtcNow() };
        return Tasks.Add(change is null ? task : change(task)).Id;
    }

    public WebTask Find(long id) => Tasks.Find(id)!;

    /// <summary>One look at the task.</summary>
    public async Task<WebTask> LookAsync(long id)
    {
        await Step.RunAsync(Tasks.Entry(id)!, CancellationToken.None);
        return Tasks.Find(id)!;
    }

    /// <summary>The same database as another daemon finds it.</summary>
    public WebTask Reload(long id) => new WebTaskRows(_database).Load().Single(task => task.Id == id);

    public void Dispose()
    {
        Scheduler.Dispose();
        _shrinking.Dispose();
        _database.Dispose();
        _folder.Dispose();
    }
}
