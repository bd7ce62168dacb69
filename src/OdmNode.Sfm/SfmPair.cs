using OdmNode.Geometry.Transforms;

namespace OdmNode.Sfm;

/// <summary>The verified matches of two photos.</summary>
/// <param name="First">Index into <see cref="SfmInput.Photos"/>.</param>
/// <param name="Second">Index into <see cref="SfmInput.Photos"/>, larger than <paramref name="First"/>.</param>
/// <param name="Matches">2m feature indices: of the first photo, of the second, and so on. Inliers only.</param>
/// <param name="SecondFromFirst">Relative pose, translation of length 1; null where none was found.</param>
public sealed record SfmPair(int First, int Second, int[] Matches, RigidTransform? SecondFromFirst)
{
    /// <summary>m.</summary>
    public int Count => Matches.Length / 2;
}
