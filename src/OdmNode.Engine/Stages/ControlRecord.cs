namespace OdmNode.Engine.Stages;

/// <summary>What remains at a ground control or check point.</summary>
public sealed record ControlRecord
{
    public required string Name { get; init; }

    public required bool IsCheckPoint { get; init; }

    /// <summary>Whether it contradicts the other control points and was left out.</summary>
    public required bool IsRefuted { get; init; }

    /// <summary>Triangulated minus surveyed: east, north, up, metres.</summary>
    public required double[] Error { get; init; }

    public required IReadOnlyList<ControlMarkRecord> Marks { get; init; }
}
