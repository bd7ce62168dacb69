using OdmNode.Scene.Model;

namespace OdmNode.Dense.DepthMaps;

/// <summary>Estimates the depth map of one photo against its neighbours.</summary>
public static class DepthMapEstimator
{
    /// <summary>Most memory that one call takes beside its arguments and its result, bytes.</summary>
    public static long RequiredBytes(in PinholeCamera reference, int neighbours, DepthMapOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        long pixels = (long)reference.Width * reference.Height;
        return pixels * (130 + (8 * neighbours));
    }

    /// <param name="reference">The photo; its picture may have any number of channels.</param>
    /// <param name="neighbours">One to eight other photos, best first, at about the same resolution.</param>
    /// <param name="prior">At least three tie points of the photo; without them nothing is estimated.</param>
    /// <param name="options">See there.</param>
    /// <param name="cancellationToken">Checked about every tenth of a second.</param>
    /// <returns>Depth 0 where nothing was found; confidence grows with the margin of the best depth over the others.</returns>
    public static DepthMap Estimate(
        DenseView reference,
        IReadOnlyList<DenseView> neighbours,
        DepthPrior prior,
        DepthMapOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        throw new NotSupportedException();
    }
}
