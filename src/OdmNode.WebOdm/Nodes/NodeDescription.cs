using OdmNode.Core.Options;

namespace OdmNode.WebOdm.Nodes;

/// <summary>What a node says about itself.</summary>
public sealed record NodeDescription
{
    /// <summary>Version of the protocol, three numbers.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>Tasks queued or running.</summary>
    public required int QueueCount { get; init; }

    /// <summary>Most images per task; null for no limit.</summary>
    public required int? MaxImages { get; init; }

    /// <summary>Name of the engine; null where the node does not say.</summary>
    public required string? Engine { get; init; }

    /// <summary>Version of the engine; null where the node does not say.</summary>
    public required string? EngineVersion { get; init; }

    /// <summary>The options that its engine knows.</summary>
    public required OptionCatalogue Options { get; init; }
}
