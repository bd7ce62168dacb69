namespace OdmNode.Features.Matching;

/// <summary>The model by which the matches of a pair were accepted.</summary>
public enum TwoViewKind
{
    /// <summary>Rejected: too few matches agree on any geometry.</summary>
    None = 0,

    /// <summary>Calibrated: an essential matrix. The relative pose is meaningful.</summary>
    Essential = 1,

    /// <summary>Uncalibrated: a fundamental matrix explains clearly more than the essential one, so the assumed lens is off.</summary>
    Fundamental = 2,

    /// <summary>One homography explains nearly all and the rays are nearly parallel: the camera only turned. The translation means nothing.</summary>
    Homography = 3,
}
