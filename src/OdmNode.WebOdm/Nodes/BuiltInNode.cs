using Microsoft.Data.Sqlite;
using OdmNode.Client;
using OdmNode.Core.Identity;
using OdmNode.Core.Options;
using OdmNode.Tasks.Lifecycle;
using OdmNode.Tasks.Output;
using OdmNode.Tasks.Queue;
using OdmNode.Tasks.Storage;
using OdmNode.Tasks.Uploads;
using OdmNode.WebOdm.Files;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.WebOdm.Nodes;

/// <summary>This very node, without the way over the network: photos and results are linked, not copied.</summary>
public sealed class BuiltInNode(NodeTasks tasks, UploadStore uploads) : IProcessingNode
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public TimeSpan PollInterval => Interval;

    /// <inheritdoc/>
    public Task<NodeDescription> DescribeAsync(CancellationToken cancellationToken) => Task.FromResult(Describe());

    /// <summary>What this node says about itself.</summary>
    public NodeDescription Describe() => new()
    {
        ApiVersion = NodeSettings.ProtocolVersion,
        QueueCount = tasks.PendingCount,
        MaxImages = tasks.Settings.MaxImages,
        Engine = tasks.Settings.Engine.Name,
        EngineVersion = tasks.Settings.Engine.Version,
        Options = tasks.Settings.Options,
    };

    /// <inheritdoc/>
    public Task SendAsync(NodeOrder order, OptionCatalogue? catalogue, Action<double> onProgress, CancellationToken cancellationToken)
    {
        if (tasks.Find(order.Uuid) is not null)
        {
            return Task.CompletedTask;
        }

        if (tasks.Disk.Refusal is { } refusal)
        {
            throw new NodeException(NodeErrorKind.Refused, refusal);
        }

        var options = Validate(order.Options);
        _ = TaskId.TryParse(order.Uuid, out var id);
        try
        {
            var upload = uploads.Begin(id, new UploadFields { Name = order.Name });
            for (var number = 0; number < order.Files.Count; number++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                upload.Link(order.Files[number]);
                onProgress((double)number / order.Files.Count);
            }

            cancellationToken.ThrowIfCancellationRequested();
            var request = new NewTask { Id = id, Name = order.Name, Options = options.Values, UnknownOptions = options.UnknownNames };
            return tasks.Accept(request) is not null
                ? Task.CompletedTask
                : throw new NodeException(NodeErrorKind.Refused, "The upload was discarded before it became a task.");
        }
        catch (SqliteException exception)
        {
            throw new NodeException(NodeErrorKind.Refused, StorageErrors.Describe(exception), exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new NodeException(NodeErrorKind.Refused, exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    public Task<NodeTaskReport> PollAsync(string uuid, long line, CancellationToken cancellationToken)
    {
        var task = Find(uuid);
        var record = task.Record;
        return Task.FromResult(new NodeTaskReport((int)record.State.Status, record.ErrorMessage, task.ProcessingTimeMilliseconds, record.Progress));
    }

    /// <inheritdoc/>
    public ConsoleLog? ConsoleOf(string uuid) => tasks.Find(uuid) is { Record.HasOldConsole: false } task ? task.Console : null;

    /// <inheritdoc/>
    public Task CancelAsync(string uuid, CancellationToken cancellationToken)
    {
        tasks.Cancel(uuid);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(string uuid, CancellationToken cancellationToken)
    {
        if (await tasks.RemoveAsync(uuid).ConfigureAwait(false) == TaskActionResult.NotFound && TaskId.TryParse(uuid, out var id))
        {
            uploads.Discard(id);
        }
    }

    /// <inheritdoc/>
    public Task RestartAsync(string uuid, IReadOnlyList<WebTaskOption> options, OptionCatalogue? catalogue, CancellationToken cancellationToken)
    {
        var task = Find(uuid);
        var validated = Validate(options);
        if (task.HasEnded && tasks.Settings.Test is null)
        {
            // Results that were handed out must not change under their readers when the engine writes over its own.
            foreach (var (path, _) in tasks.Results(task))
            {
                cancellationToken.ThrowIfCancellationRequested();
                FileLinks.Detach(path);
            }
        }

        return tasks.Restart(uuid, validated) switch
        {
            TaskActionResult.Done => Task.CompletedTask,
            TaskActionResult.NotFound => throw NotFound(uuid),
            _ => throw new NodeException(NodeErrorKind.Refused, "Task cannot be restarted"),
        };
    }

    /// <inheritdoc/>
    public Task FetchAsync(string uuid, string results, Action<double> onProgress, CancellationToken cancellationToken)
    {
        var task = Find(uuid);
        if (task.Record.State.Status != NodeTaskStatus.Completed)
        {
            throw new NodeException(NodeErrorKind.Refused, "The results were removed before they could be fetched.");
        }

        if (Directory.Exists(results))
        {
            Directory.Delete(results, recursive: true);
        }

        var files = tasks.Results(task);
        foreach (var (path, name) in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var target = Path.Combine(ResultFolder.Assets(results), name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            FileLinks.LinkOrCopy(path, target);
        }

        Directory.CreateDirectory(ResultFolder.Assets(results));
        FileLinks.LinkOrCopy(tasks.Folders.Archive(task.Record.Id), ResultFolder.Archive(results));
        onProgress(1);
        return Task.CompletedTask;
    }

    private static NodeException NotFound(string uuid) => new(NodeErrorKind.NotFound, $"{uuid} not found");

    private NodeTask Find(string uuid) => tasks.Find(uuid) ?? throw NotFound(uuid);

    private OptionValidation Validate(IReadOnlyList<WebTaskOption> options)
    {
        var validation = tasks.Settings.Options.Validate(
            AssetOptions.Add(options, tasks.Settings.Options).Select(option => new OptionInput(option.Name, option.Value)));
        return validation.IsValid ? validation : throw new NodeException(NodeErrorKind.Refused, validation.ProblemText) { NoRetry = true };
    }
}
