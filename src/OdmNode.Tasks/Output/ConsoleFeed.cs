using System.Runtime.CompilerServices;
using OdmNode.Tasks.Queue;

namespace OdmNode.Tasks.Output;

/// <summary>Follows the console of a task: every line once and in order, until the task has ended.</summary>
/// <remarks>Looks every quarter of a second; a look that finds nothing new costs a comparison of two numbers.</remarks>
public sealed class ConsoleFeed(NodeTasks tasks, NodeTask task, TimeProvider time)
{
    private const int LinesAtOnce = 2000;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan QuietAfter = TimeSpan.FromSeconds(15);

    /// <summary>Gives batches of what happened.</summary>
    /// <param name="firstLine">Number of the first line that is wanted.</param>
    /// <param name="cancellationToken">Ends the feed.</param>
    public async IAsyncEnumerable<IReadOnlyList<ConsoleFeedItem>> ReadAsync(
        long firstLine, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var console = task.Console;
        var generation = console.Generation;
        var next = firstLine;
        var lastTold = time.GetTimestamp();
        using var timer = new PeriodicTimer(Interval, time);
        while (true)
        {
            // Asked before the lines are: what ended before was followed by no line.
            var hasEnded = task.HasEnded;
            var isKnown = tasks.Find(task.Record.Id.Value) == task;
            if (console.Generation is var current && current != generation)
            {
                (generation, next) = (current, 0);
                yield return [new ConsoleFeedItem(ConsoleFeedKind.Restart)];
            }

            if (isKnown && console.Read(next, next + LinesAtOnce) is { Count: > 0 } lines)
            {
                var from = next;
                next += lines.Count;
                lastTold = time.GetTimestamp();
                yield return [.. lines.Select((line, i) => new ConsoleFeedItem(ConsoleFeedKind.Line, from + i, line))];
                continue;
            }

            if (!isKnown)
            {
                yield return [new ConsoleFeedItem(ConsoleFeedKind.Gone)];
                yield break;
            }

            if (hasEnded)
            {
                yield return [new ConsoleFeedItem(ConsoleFeedKind.End, (int)task.Record.State.Status)];
                yield break;
            }

            if (time.GetElapsedTime(lastTold) >= QuietAfter)
            {
                lastTold = time.GetTimestamp();
                yield return [new ConsoleFeedItem(ConsoleFeedKind.Quiet)];
            }

            await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
