using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Geodesy;

namespace OdmNode.Scene.Model;

/// <summary>Cameras, placed photos and tie points in one world frame.</summary>
public sealed class Reconstruction
{
    /// <summary>Lens by camera id (ODM's key without the <c>v2 </c> prefix), in ordinal order.</summary>
    public required IReadOnlyDictionary<string, Camera> Cameras { get; init; }

    /// <summary>In ordinal order of image name.</summary>
    public required IReadOnlyList<Shot> Shots { get; init; }

    public required TiePoints Points { get; init; }

    /// <summary>Where the world frame lies on the map; null when the survey has no position.</summary>
    public MapFrame? MapFrame { get; init; }

    public Camera CameraOf(Shot shot)
    {
        ArgumentNullException.ThrowIfNull(shot);
        return Cameras[shot.CameraId];
    }
}
