using OdmNode.Core.Identity;

namespace OdmNode.Tasks.Webhooks;

/// <summary>A call that is owed to somebody.</summary>
internal sealed class WebhookCall
{
    /// <summary>Its row in the database; null when the disk refused it.</summary>
    public required long? Row { get; init; }

    /// <summary>The task it tells of.</summary>
    public required TaskId Task { get; init; }

    /// <summary>Where it goes.</summary>
    public required Uri Target { get; init; }

    /// <summary>JSON, ready to send.</summary>
    public required byte[] Body { get; init; }

    /// <summary>Attempts that have failed.</summary>
    public int Attempts { get; set; }

    /// <summary>When the next attempt may begin, on the scale of <see cref="WebhookQueue"/>.</summary>
    public TimeSpan Due { get; set; }
}
