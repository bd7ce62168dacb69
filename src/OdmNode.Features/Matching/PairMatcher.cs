using OdmNode.Features.Detection;
using OdmNode.Geometry.Cameras;

namespace OdmNode.Features.Matching;

/// <summary>Matches two photos and verifies the result: one unit of work of the matching stage.</summary>
public static class PairMatcher
{
    /// <summary>Descriptors first, geometry second. Works on one core; callers run several pairs side by side.</summary>
    /// <param name="a">Features of photo A.</param>
    /// <param name="cameraA">Lens of A as far as it is known, at full size.</param>
    /// <param name="b">Features of photo B.</param>
    /// <param name="cameraB">Lens of B.</param>
    /// <param name="imageA">File name of A.</param>
    /// <param name="imageB">File name of B.</param>
    /// <param name="options">When two things are the same.</param>
    /// <param name="cancellationToken">Asked about every 100 ms.</param>
    public static PairMatches Match(
        FeatureSet a,
        Camera cameraA,
        FeatureSet b,
        Camera cameraB,
        string imageA,
        string imageB,
        MatchOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        PutativeMatches putative = DescriptorMatcher.Match(a, b, options, cancellationToken);
        return TwoViewVerifier.Verify(a, cameraA, b, cameraB, imageA, imageB, putative, options, cancellationToken);
    }
}
