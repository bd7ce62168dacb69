using OdmNode.Client;
using OdmNode.Core.Options;
using OdmNode.Tasks.Output;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.WebOdm.Nodes;

/// <summary>A node that processes tasks: this one, or another machine.</summary>
/// <remarks>
/// Failures are <see cref="NodeException"/>s: transient ones may pass, <see cref="NodeErrorKind.NotFound"/> says that the node does
/// not know the task, <see cref="NodeErrorKind.Refused"/> carries the node's own words.
/// </remarks>
public interface IProcessingNode
{
    /// <summary>Time between two looks at a task there.</summary>
    TimeSpan PollInterval { get; }

    /// <summary>What the node says about itself.</summary>
    Task<NodeDescription> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>Hands a task over. Repeating it under the same id makes no second task.</summary>
    /// <param name="order">The task.</param>
    /// <param name="catalogue">The options that the node is known to know; null while that is unknown.</param>
    /// <param name="onProgress">Told how much has been sent, from 0 to 1.</param>
    /// <param name="cancellationToken">Stops; what was sent may stay there until <see cref="RemoveAsync"/>.</param>
    /// <exception cref="NodeException">
    /// <see cref="NodeErrorKind.NotFound"/> for a repeated order: the node cannot go on with the earlier attempt, and only a new id helps.
    /// </exception>
    /// <exception cref="IOException">A file cannot be read, or the disk is full.</exception>
    Task SendAsync(NodeOrder order, OptionCatalogue? catalogue, Action<double> onProgress, CancellationToken cancellationToken);

    /// <summary>How a task stands.</summary>
    /// <param name="uuid">The task.</param>
    /// <param name="line">Number of console lines that are known already.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<NodeTaskReport> PollAsync(string uuid, long line, CancellationToken cancellationToken);

    /// <summary>The live console, where the node is this machine; null for one that is read by polling, or that still has the lines of the run before a restart.</summary>
    ConsoleLog? ConsoleOf(string uuid);

    /// <summary>Stops a task.</summary>
    Task CancelAsync(string uuid, CancellationToken cancellationToken);

    /// <summary>Removes a task, or an upload that has not become one.</summary>
    Task RemoveAsync(string uuid, CancellationToken cancellationToken);

    /// <summary>Processes an ended task again with these options, reusing what it can.</summary>
    /// <exception cref="NodeException">Refused with <see cref="NodeException.NoRetry"/>: sending the task anew would be refused too.</exception>
    Task RestartAsync(string uuid, IReadOnlyList<WebTaskOption> options, OptionCatalogue? catalogue, CancellationToken cancellationToken);

    /// <summary>Brings the results of a completed task into a folder laid out as <see cref="Files.ResultFolder"/> says.</summary>
    /// <param name="uuid">The task.</param>
    /// <param name="results">The folder; may hold what an earlier attempt left.</param>
    /// <param name="onProgress">Told how much has come, from 0 to 1.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    Task FetchAsync(string uuid, string results, Action<double> onProgress, CancellationToken cancellationToken);
}
