using OdmNode.Geometry.Cameras;

namespace OdmNode.Sfm;

/// <summary>Start values of a lens and how far they are to be believed.</summary>
/// <param name="Start">From EXIF, from a calibration, or a guess.</param>
public sealed record SfmCamera(Camera Start)
{
    /// <summary>True for a calibration that must be kept as it is (ODM's <c>use-fixed-camera-params</c>).</summary>
    public bool IsFixed { get; init; }

    /// <summary>Standard deviation of the focal length, relative. 0.02 suits EXIF; a guess deserves 0.2.</summary>
    public double FocalSigma { get; init; } = 0.02;

    /// <summary>Standard deviation of the principal point, relative to the longest side.</summary>
    public double CenterSigma { get; init; } = 0.01;

    /// <summary>Standard deviation of k1; k2 and k3 get the same, for r is near 1 only in the corners.</summary>
    public double RadialSigma { get; init; } = 0.1;

    /// <summary>Standard deviation of p1 and p2.</summary>
    public double TangentialSigma { get; init; } = 0.005;

    /// <summary>True estimates fx and fy apart; false keeps their ratio, as sensors have square pixels.</summary>
    public bool EstimatesAspect { get; init; }
}
