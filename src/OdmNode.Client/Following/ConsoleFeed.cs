using System.Globalization;
using System.Net.ServerSentEvents;

namespace OdmNode.Client.Following;

/// <summary>Brings every console line of a task once and in order: streamed where the node offers it, else asked for again and again.</summary>
/// <remarks>It outlasts every failure of the node; whoever asks for the state decides when to give up.</remarks>
internal sealed class ConsoleFeed(NodeClient client, string id, FollowOptions options, Action<string> onLine, TimeProvider time)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private int _next;
    private int _failures;
    private volatile bool _startsAnew;

    /// <summary>True when the node said that no line follows.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>True unless the node turned out not to stream the console.</summary>
    public bool IsStreamed { get; private set; } = true;

    /// <summary>The task was restarted, and its lines are numbered from zero again; a stream says so itself.</summary>
    public void StartAnew() => _startsAnew = !IsStreamed;

    /// <summary>Returns when the node says that no line follows, which only streams do.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var before = _next;
            try
            {
                if (!IsStreamed)
                {
                    await PollAsync(cancellationToken).ConfigureAwait(false);
                }
                else if (await StreamAsync(cancellationToken).ConfigureAwait(false))
                {
                    return;
                }

                _failures = IsStreamed && _next == before ? _failures + 1 : 0;
            }
            catch (NodeException)
            {
                _failures = _next == before ? _failures + 1 : 1;
            }

            await Task.Delay(Pause(), time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Asks for the lines that have not come yet.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        if (!HasEnded)
        {
            await PollAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan Pause() => _failures > 0
        ? TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, options.Pause.TotalSeconds * Math.Pow(2, _failures - 1)))
        : IsStreamed ? TimeSpan.Zero : options.Interval;

    /// <returns>True when nothing follows.</returns>
    private async Task<bool> StreamAsync(CancellationToken cancellationToken)
    {
        var stream = await client.OpenConsoleAsync(id, _next, options.Silence, cancellationToken).ConfigureAwait(false);
        if (stream is null)
        {
            IsStreamed = false;
            await PollAsync(cancellationToken).ConfigureAwait(false);
            return false;
        }

        await using var disposal = stream.ConfigureAwait(false);
        try
        {
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken).ConfigureAwait(false))
            {
                if (Take(item))
                {
                    return true;
                }
            }
        }
        catch (NodeException exception) when (stream.IsUnread && exception.InnerException is OperationCanceledException)
        {
            // Not even a sign of life: a proxy on the way holds streams back.
            IsStreamed = false;
        }

        return false;
    }

    /// <returns>True when nothing follows.</returns>
    private bool Take(SseItem<string> item)
    {
        switch (item.EventType)
        {
            case "restart":
                _next = 0;
                break;
            case "end":
                HasEnded = true;
                return true;
            case "gone":
                return true;
            case SseParser.EventTypeDefault:
                TakeLine(item);
                break;
        }

        return false;
    }

    private void TakeLine(SseItem<string> item)
    {
        var number = int.TryParse(item.EventId, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : _next;
        if (number >= _next)
        {
            onLine(item.Data);
            _next = number + 1;
        }
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        if (_startsAnew)
        {
            _startsAnew = false;
            _next = 0;
        }

        foreach (var line in await client.GetOutputAsync(id, _next, cancellationToken).ConfigureAwait(false))
        {
            onLine(line);
            _next++;
        }
    }
}
