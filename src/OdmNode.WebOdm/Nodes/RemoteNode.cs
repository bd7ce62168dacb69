using OdmNode.Client;
using OdmNode.Client.Transfers;
using OdmNode.Core.Options;
using OdmNode.Tasks.Output;
using OdmNode.WebOdm.Files;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.WebOdm.Nodes;

/// <summary>Another machine that speaks the NodeODM protocol.</summary>
public sealed class RemoteNode : IProcessingNode, IDisposable
{
    /// <summary>Of the way up to which an archive has come; the rest is unpacking.</summary>
    private const double DownloadShare = 0.8;

    /// <summary>Further attempts for a file, some seconds in all: after that the user is told and decides.</summary>
    private const int Retries = 3;

    private readonly NodeClient _client;
    private readonly TimeProvider _time;

    /// <param name="client">The connection; disposed with the node.</param>
    /// <param name="pollInterval">Time between two looks at a task.</param>
    /// <param name="time">The clock.</param>
    public RemoteNode(NodeClient client, TimeSpan pollInterval, TimeProvider time) => (_client, PollInterval, _time) = (client, pollInterval, time);

    /// <inheritdoc/>
    public TimeSpan PollInterval { get; }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <inheritdoc/>
    public async Task<NodeDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        var info = await _client.GetInfoAsync(cancellationToken).ConfigureAwait(false);
        return new NodeDescription
        {
            ApiVersion = info.Version,
            QueueCount = info.TaskQueueCount,
            MaxImages = info.MaxImages is > 0 ? info.MaxImages : null,
            Engine = info.Engine,
            EngineVersion = info.EngineVersion,
            Options = await _client.GetOptionsAsync(cancellationToken).ConfigureAwait(false),
        };
    }

    /// <inheritdoc/>
    public async Task SendAsync(NodeOrder order, OptionCatalogue? catalogue, Action<double> onProgress, CancellationToken cancellationToken)
    {
        var session = new UploadSession(_client, new UploadOptions { Retries = Retries }, _time);
        var upload = new UploadOrder
        {
            Request = new TaskRequest { Uuid = order.Uuid, Name = order.Name, Options = Values(order.Options, catalogue) },
            Files = order.Files,
            OnProgress = progress => onProgress(progress.Fraction),
        };
        if (!order.IsRepeat)
        {
            await session.SendAsync(upload, cancellationToken).ConfigureAwait(false);
        }
        else if (!await session.ResumeAsync(order.Uuid, upload, cancellationToken).ConfigureAwait(false))
        {
            throw new NodeException(NodeErrorKind.NotFound, $"{order.Uuid} not found");
        }
    }

    /// <inheritdoc/>
    public async Task<NodeTaskReport> PollAsync(string uuid, long line, CancellationToken cancellationToken)
    {
        var task = await _client.GetTaskAsync(uuid, (int)Math.Min(line, int.MaxValue), cancellationToken).ConfigureAwait(false);
        return new NodeTaskReport(task.Status.Code, task.Status.ErrorMessage, (long)task.ProcessingTime, task.Progress)
        {
            // Nodes before 1.5.1 do not send lines with the state.
            Lines = task.Output ?? await _client.GetOutputAsync(uuid, (int)Math.Min(line, int.MaxValue), cancellationToken).ConfigureAwait(false),
        };
    }

    /// <inheritdoc/>
    public ConsoleLog? ConsoleOf(string uuid) => null;

    /// <inheritdoc/>
    public Task CancelAsync(string uuid, CancellationToken cancellationToken) => _client.CancelAsync(uuid, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(string uuid, CancellationToken cancellationToken) => _client.RemoveAsync(uuid, cancellationToken);

    /// <inheritdoc/>
    public Task RestartAsync(string uuid, IReadOnlyList<WebTaskOption> options, OptionCatalogue? catalogue, CancellationToken cancellationToken) =>
        _client.RestartAsync(uuid, Values(options, catalogue), cancellationToken);

    /// <inheritdoc/>
    public async Task FetchAsync(string uuid, string results, Action<double> onProgress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(results);
        var archive = ResultFolder.Archive(results);
        if (!File.Exists(archive))
        {
            await new AssetDownload(_client, new DownloadOptions(), _time)
                .FetchAsync(uuid, "all.zip", archive, progress => onProgress(DownloadShare * progress.Fraction), cancellationToken).ConfigureAwait(false);
        }

        var assets = ResultFolder.Assets(results);
        if (Directory.Exists(assets))
        {
            Directory.Delete(assets, recursive: true);
        }

        try
        {
            ResultArchive.Extract(archive, assets, cancellationToken);
        }
        catch (InvalidDataException)
        {
            // The next attempt shall not find the same bytes.
            File.Delete(archive);
            throw;
        }

        onProgress(1);
    }

    private static IReadOnlyList<OptionValue> Values(IReadOnlyList<WebTaskOption> options, OptionCatalogue? catalogue) =>
        [.. AssetOptions.Add(options, catalogue).Select(option => new OptionValue(option.Name, option.Value))];
}
