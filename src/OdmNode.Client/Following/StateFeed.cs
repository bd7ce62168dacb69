using OdmNode.Client.Wire;

namespace OdmNode.Client.Following;

/// <summary>Asks how a task stands, in the words of the node that say most.</summary>
internal sealed class StateFeed(NodeClient client, string id)
{
    private bool _tellsProgress = true;
    private double? _created;

    /// <summary>True when the last question found the task restarted since the one before.</summary>
    public bool WasRestarted { get; private set; }

    /// <summary>One question.</summary>
    /// <param name="stage">What the console named last.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The state, and, when the task has ended, its last snapshot.</returns>
    public async Task<(FollowedTask State, TaskSnapshot? End)> ReadAsync(string stage, CancellationToken cancellationToken)
    {
        if (_tellsProgress && await client.GetProgressAsync(id, cancellationToken).ConfigureAwait(false) is { } progress)
        {
            if (!progress.Status.HasEnded)
            {
                return (FollowedTask.Of(progress, stage), null);
            }
        }
        else
        {
            _tellsProgress = false;
        }

        var snapshot = await client.GetTaskAsync(id, cancellationToken).ConfigureAwait(false);
        WasRestarted = _created is { } before && before != snapshot.DateCreated;
        _created = snapshot.DateCreated;
        return (FollowedTask.Of(snapshot, stage), snapshot.HasEnded ? snapshot : null);
    }
}
