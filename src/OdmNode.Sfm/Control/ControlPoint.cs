using OdmNode.Geometry.Linear;

namespace OdmNode.Sfm.Control;

/// <summary>A surveyed point on the ground with its marks in photos.</summary>
public sealed record ControlPoint
{
    public required string Name { get; init; }

    /// <summary>In the local frame of the map, metres.</summary>
    public required Vector3D Position { get; init; }

    /// <summary>Standard deviation in plan, metres.</summary>
    public required double HorizontalSigma { get; init; }

    /// <summary>Standard deviation of the height, metres.</summary>
    public required double VerticalSigma { get; init; }

    /// <summary>True when the point only tells how good the block is, and takes no part in its adjustment.</summary>
    public required bool IsCheckPoint { get; init; }

    public required IReadOnlyList<ControlMark> Marks { get; init; }
}
