using OdmNode.Geometry.Transforms;

namespace OdmNode.Scene.Model;

/// <summary>Distances along the optical axis for the pixels of one undistorted photo.</summary>
public sealed class DepthMap
{
    public required string ImageName { get; init; }

    public required PinholeCamera Camera { get; init; }

    public required RigidTransform CameraFromWorld { get; init; }

    /// <summary>height × width values along z, metres; 0 where nothing is known.</summary>
    public required float[] Depth { get; init; }

    /// <summary>height × width values, 0 (none) to 255 (sure).</summary>
    public required byte[] Confidence { get; init; }
}
