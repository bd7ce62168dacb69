using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;

namespace OdmNode.Dense.Panoramas;

/// <summary>One of six views that together show what a picture of the whole sphere shows: the faces of a cube, a little wider.</summary>
/// <param name="Name">Which way it looks from the panorama's frame.</param>
/// <param name="FaceFromPanorama">Rotation of the view.</param>
public sealed record PanoramaFace(string Name, Matrix3x3 FaceFromPanorama)
{
    /// <summary>From the middle of a face to its edge, radians: the faces of a cube overlap, so that surfaces go on across their edges.</summary>
    private const double HalfAngle = 50 * Math.PI / 180;

    /// <summary>All six, in ordinal order of name.</summary>
    public static IReadOnlyList<PanoramaFace> All { get; } =
    [
        Of("back", new(-1, 0, 0), new(0, 1, 0)),
        Of("bottom", new(1, 0, 0), new(0, 0, -1)),
        Of("front", new(1, 0, 0), new(0, 1, 0)),
        Of("left", new(0, 0, 1), new(0, 1, 0)),
        Of("right", new(0, 0, -1), new(0, 1, 0)),
        Of("top", new(1, 0, 0), new(0, 0, 1)),
    ];

    /// <summary>The lens of a face that has the panorama's resolution in its middle.</summary>
    public static Camera CameraOf(Camera panorama)
    {
        ArgumentNullException.ThrowIfNull(panorama);
        int side = SideOf(panorama.Width);
        return Camera.Of(LensModel.Perspective, side, side, 0.5 * side / Math.Tan(HalfAngle));
    }

    /// <summary>Width and height of a face, pixels, of a panorama of a width.</summary>
    public static int SideOf(int panoramaWidth) => Math.Max(1, (int)Math.Round(panoramaWidth * Math.Tan(HalfAngle) / Math.PI));

    /// <summary>The face in whose middle a direction of the panorama's frame lies most.</summary>
    public static int Nearest(Vector3D ray)
    {
        int nearest = 0;
        for (int i = 1; i < All.Count; i++)
        {
            if (Vector3D.Dot(All[i].FaceFromPanorama.Row3, ray) > Vector3D.Dot(All[nearest].FaceFromPanorama.Row3, ray))
            {
                nearest = i;
            }
        }

        return nearest;
    }

    private static PanoramaFace Of(string name, Vector3D right, Vector3D down) =>
        new(name, Matrix3x3.FromRows(right, down, Vector3D.Cross(right, down)));
}
