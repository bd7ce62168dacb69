using OdmNode.Engine.Inputs;
using OdmNode.Engine.Options;

namespace OdmNode.Engine;

/// <summary>What a run is asked to do.</summary>
public sealed record EngineRequest
{
    /// <summary>Absolute path of the folder that holds the project folder.</summary>
    public required string ProjectPath { get; init; }

    /// <summary>Name of the project folder; a node uses the id of its task.</summary>
    public required string Name { get; init; }

    public required EngineOptionSet Options { get; init; }

    /// <summary>Files beside the photos that the run is told of; those in the project folder are found without.</summary>
    public SurveyFiles Files { get; init; } = new();

    /// <summary>Where progress datagrams go.</summary>
    public int ProgressPort { get; init; } = Running.ProgressBeacon.DefaultPort;

    public string ProjectFolder => Path.Combine(ProjectPath, Name);
}
