using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.TwoView;

namespace OdmNode.Features.Matching;

/// <summary>The matched points of two photos, distortion taken out: (x, y, 1) on the planes z = 1, or unit rays where a lens is wide.</summary>
/// <param name="A">n points in camera A.</param>
/// <param name="B">n points in camera B.</param>
/// <param name="AreRays">True for rays: errors are then radians.</param>
/// <param name="UnitsPerLongestSide">Longest side of the photos in units of that plane, or in radians at the resolution of its middle: the mean over both.</param>
internal sealed record PairGeometry(Vector3D[] A, Vector3D[] B, bool AreRays, double UnitsPerLongestSide)
{
    public static PairGeometry Of(
        Detection.FeatureSet a, Camera cameraA, Detection.FeatureSet b, Camera cameraB, ReadOnlySpan<int> matches)
    {
        bool areRays = cameraA.IsWide || cameraB.IsWide;
        var pointsA = new Vector3D[matches.Length / 2];
        var pointsB = new Vector3D[matches.Length / 2];
        for (int i = 0; i < pointsA.Length; i++)
        {
            pointsA[i] = Normalize(cameraA, a, matches[2 * i], areRays);
            pointsB[i] = Normalize(cameraB, b, matches[(2 * i) + 1], areRays);
        }

        return new PairGeometry(pointsA, pointsB, areRays, 0.5 * (Extent(cameraA) + Extent(cameraB)));
    }

    /// <summary>Squared Sampson distance of a point of A from one of B, in the squared unit of the points.</summary>
    public double SampsonSquared(in Matrix3x3 bFromA, int a, int b) => AreRays
        ? Epipolar.SampsonSquaredOfRays(bFromA, A[a], B[b])
        : Epipolar.SampsonSquared(bFromA, A[a], B[b]);

    private static Vector3D Normalize(Camera camera, Detection.FeatureSet features, int index, bool areRays)
    {
        var pixel = new Vector2D(features.X[index], features.Y[index]);
        return areRays ? camera.Unproject(pixel) : camera.ImagePoint(pixel);
    }

    private static double Extent(Camera camera) => camera.LongestSide / (0.5 * (camera.FocalX + camera.FocalY));
}
