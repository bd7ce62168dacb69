using OdmNode.Sfm.Shutter;

namespace OdmNode.Sfm;

/// <summary>One photo as the reconstruction sees it: its keypoints and what is known of its place.</summary>
public sealed record SfmPhoto
{
    /// <summary>File name with extension, unique in a survey.</summary>
    public required string ImageName { get; init; }

    /// <summary>Key into <see cref="SfmInput.Cameras"/>.</summary>
    public required string CameraId { get; init; }

    /// <summary>2n values x, y of n keypoints, full-size pixels, top-left corner of the photo is 0.</summary>
    public required float[] Positions { get; init; }

    /// <summary>n keypoint sizes, full-size pixels.</summary>
    public required float[] Scales { get; init; }

    /// <summary>3n bytes, red, green, blue.</summary>
    public required byte[] Colors { get; init; }

    /// <summary>Where the camera says it was; null when it does not.</summary>
    public PositionPrior? Position { get; init; }

    /// <summary>Degrees from straight down (0) to the horizon (90), as the gimbal says; null when it does not.</summary>
    public double? PitchDegrees { get; init; }

    /// <summary>How the photo was read out, where its motion is to be corrected; null where it is not.</summary>
    public ShutterTiming? Shutter { get; init; }

    /// <summary>n.</summary>
    public int FeatureCount => Scales.Length;
}
