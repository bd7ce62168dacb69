using System.Text.RegularExpressions;
using OdmNode.Client.Wire;

namespace OdmNode.Client;

/// <summary>Follows a task to its end: polls its state and its console.</summary>
public sealed partial class TaskFollower
{
    private const int Attempts = 10;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly NodeClient _client;

    public TaskFollower(NodeClient client) => _client = client;

    /// <summary>Returns when the task has ended.</summary>
    /// <param name="id">The task.</param>
    /// <param name="onSnapshot">Told every state, with the stage that the console named last.</param>
    /// <param name="onLine">Told every console line, once and in order.</param>
    /// <param name="cancellationToken">Stops following; the task goes on.</param>
    /// <exception cref="NodeException">The task is unknown, or the node stayed out of reach.</exception>
    public async Task<TaskSnapshot> FollowAsync(
        string id, Action<TaskSnapshot, string> onSnapshot, Action<string> onLine, CancellationToken cancellationToken)
    {
        var line = 0;
        var stage = string.Empty;
        for (var failures = 0; ;)
        {
            try
            {
                // The state first: lines printed before the end are then always seen.
                var snapshot = await _client.GetTaskAsync(id, cancellationToken).ConfigureAwait(false);
                foreach (var text in await _client.GetOutputAsync(id, line, cancellationToken).ConfigureAwait(false))
                {
                    line++;
                    stage = StageOf(text) ?? stage;
                    onLine(text);
                }

                failures = 0;
                onSnapshot(snapshot, stage);
                if (snapshot.HasEnded)
                {
                    return snapshot;
                }
            }
            catch (NodeException exception) when (exception.Kind == NodeErrorKind.Unreachable && ++failures < Attempts)
            {
                await Task.Delay(Interval * failures, cancellationToken).ConfigureAwait(false);
            }

            await Task.Delay(Interval, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The stage that a console line announces, such as <c>Running dataset stage</c>; null for other lines.</summary>
    public static string? StageOf(string line) =>
        StagePattern().Match(line) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"\bRunning ([a-z][a-z0-9_-]+)(?: stage\b| \(|:|$)")]
    private static partial Regex StagePattern();
}
