using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;

namespace OdmNode.Features.Matching;

/// <summary>The matched points of two photos as (x, y, 1) on the planes z = 1, distortion taken out.</summary>
/// <param name="A">n points in camera A.</param>
/// <param name="B">n points in camera B.</param>
/// <param name="UnitsPerLongestSide">Longest side of the photos in units of that plane: the mean over both.</param>
internal sealed record PairGeometry(Vector3D[] A, Vector3D[] B, double UnitsPerLongestSide)
{
    public static PairGeometry Of(
        Detection.FeatureSet a, BrownCamera cameraA, Detection.FeatureSet b, BrownCamera cameraB, ReadOnlySpan<int> matches)
    {
        var pointsA = new Vector3D[matches.Length / 2];
        var pointsB = new Vector3D[matches.Length / 2];
        for (int i = 0; i < pointsA.Length; i++)
        {
            pointsA[i] = Normalize(cameraA, a, matches[2 * i]);
            pointsB[i] = Normalize(cameraB, b, matches[(2 * i) + 1]);
        }

        return new PairGeometry(pointsA, pointsB, 0.5 * (Extent(cameraA) + Extent(cameraB)));
    }

    private static Vector3D Normalize(BrownCamera camera, Detection.FeatureSet features, int index)
    {
        Vector2D point = camera.Normalize(new Vector2D(features.X[index], features.Y[index]));
        return new Vector3D(point.X, point.Y, 1);
    }

    private static double Extent(BrownCamera camera) => camera.LongestSide / (0.5 * (camera.FocalX + camera.FocalY));
}
