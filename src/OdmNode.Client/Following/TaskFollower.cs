using System.Text.RegularExpressions;
using OdmNode.Client.Retrying;
using OdmNode.Client.Wire;

namespace OdmNode.Client.Following;

/// <summary>Follows a task to its end: its state and its console, through outages of the node.</summary>
public sealed partial class TaskFollower
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly NodeClient _client;
    private readonly FollowOptions _options;
    private readonly TimeProvider _time;

    public TaskFollower(NodeClient client, FollowOptions options, TimeProvider time) => (_client, _options, _time) = (client, options, time);

    /// <summary>Returns when the task has ended.</summary>
    /// <param name="id">The task.</param>
    /// <param name="onState">Told every state. Never called while <paramref name="onLine"/> is.</param>
    /// <param name="onLine">Told every console line, once and in order.</param>
    /// <param name="cancellationToken">Stops following; the task goes on.</param>
    /// <exception cref="NodeException">The task is unknown, or the node stayed out of reach for too long.</exception>
    public async Task<TaskSnapshot> FollowAsync(
        string id, Action<FollowedTask> onState, Action<string> onLine, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var report = new FollowReport(onState, onLine);
        var console = new ConsoleFeed(_client, id, _options, report.Line, _time);
        var reading = console.RunAsync(stop.Token);
        TaskSnapshot? end;
        try
        {
            end = await WaitForEndAsync(id, console, reading, report, cancellationToken).ConfigureAwait(false);
            if (console.IsStreamed)
            {
                await Task.WhenAny(reading, Task.Delay(LastWords, _time, cancellationToken)).ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (end is null || reading.IsFaulted)
        {
            await reading.ConfigureAwait(false);
        }

        await DrainAsync(console, cancellationToken).ConfigureAwait(false);
        return end!;
    }

    /// <summary>The stage that a console line announces, such as <c>Running dataset stage</c>; null for other lines.</summary>
    public static string? StageOf(string line) =>
        StagePattern().Match(line) is { Success: true } match ? match.Groups[1].Value : null;

    /// <returns>Null when <paramref name="reading"/> failed, as it does when the listener of lines throws.</returns>
    private async Task<TaskSnapshot?> WaitForEndAsync(
        string id, ConsoleFeed console, Task reading, FollowReport report, CancellationToken cancellationToken)
    {
        var feed = new StateFeed(_client, id);
        var patience = new Patience(_options.OutageLimit, _time);
        var isKnown = false;

        // A proxy before a node that is being started again may answer with a page of its own.
        var retries = Retries.While(
            patience,
            _options.Pause,
            error => error.IsTransient || (isKnown && error.Kind == NodeErrorKind.NotANode),
            _ => report.OutOfReach(),
            _time);
        while (true)
        {
            patience.Hear();
            var (state, end) = await retries.ExecuteAsync(
                async token => await feed.ReadAsync(report.Stage, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            isKnown = true;
            if (feed.WasRestarted)
            {
                console.StartAnew();
            }

            report.State(state);
            if (end is not null || reading.IsFaulted)
            {
                return end;
            }

            await PauseAsync(reading, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The end of the console is a reason to ask for the state at once.</summary>
    private async Task PauseAsync(Task reading, CancellationToken cancellationToken)
    {
        var pause = Task.Delay(_options.Interval, _time, cancellationToken);
        await (reading.IsCompletedSuccessfully ? pause : Task.WhenAny(pause, reading)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task DrainAsync(ConsoleFeed console, CancellationToken cancellationToken)
    {
        var patience = new Patience(_options.OutageLimit, _time);
        var retries = Retries.While(patience, _options.Pause, error => error.IsTransient, _ => { }, _time);
        try
        {
            await retries.ExecuteAsync(async token => await console.DrainAsync(token).ConfigureAwait(false), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (NodeException)
        {
            // How the task ended is known; its last lines are not worth a failure.
        }
    }

    [GeneratedRegex(@"\bRunning ([a-z][a-z0-9_-]+)(?: stage\b| \(|:|$)")]
    private static partial Regex StagePattern();
}
