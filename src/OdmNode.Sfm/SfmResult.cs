using OdmNode.Scene.Model;
using OdmNode.Sfm.Alignment;
using OdmNode.Sfm.Control;
using OdmNode.Sfm.Shutter;

namespace OdmNode.Sfm;

/// <summary>A reconstruction and what is to be said about it.</summary>
public sealed record SfmResult
{
    /// <summary>
    /// The placed photos and their tie points. World is the local east-north-up frame of <see cref="SfmInput.MapFrame"/> when
    /// at least one photo has a position and the block could be tied to it; else a frame of its own: z up as the cameras were
    /// held, zero amid the cameras, unit = the median distance from a camera to the tie points that it sees, times 1/10.
    /// Without a photo when nothing could be reconstructed.
    /// </summary>
    public required Reconstruction Reconstruction { get; init; }

    /// <summary>In ordinal order of image name.</summary>
    public required IReadOnlyList<UnplacedPhoto> Unplaced { get; init; }

    public required SfmStatistics Statistics { get; init; }

    /// <summary>Of the placed photos with a measured position.</summary>
    public required PositionResiduals PositionResiduals { get; init; }

    /// <summary>Of the control and check points that at least two placed photos see.</summary>
    public IReadOnlyList<ControlResidual> ControlResiduals { get; init; } = [];

    /// <summary>What the correction of the rolling shutter did; null where none was asked for or the block has no map.</summary>
    public ShutterSummary? Shutter { get; init; }

    /// <summary>Whether the block was tied to control points.</summary>
    public bool FollowsControl { get; init; }
}
