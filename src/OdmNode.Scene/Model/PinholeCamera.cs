using OdmNode.Geometry.Linear;

namespace OdmNode.Scene.Model;

/// <summary>A camera without distortion: the frame of an undistorted image or a depth map.</summary>
/// <remarks>Pixels as in <see cref="Geometry.Cameras.Camera"/>: the centre of the top-left pixel is (0.5, 0.5).</remarks>
public readonly record struct PinholeCamera(int Width, int Height, double Focal, double CenterX, double CenterY)
{
    /// <summary>Pixel of a point in the camera frame; meaningful for z > 0.</summary>
    public Vector2D Project(Vector3D pointInCamera) => new(
        (Focal * pointInCamera.X / pointInCamera.Z) + CenterX, (Focal * pointInCamera.Y / pointInCamera.Z) + CenterY);

    /// <summary>Point in the camera frame at a depth along z.</summary>
    public Vector3D Unproject(double pixelX, double pixelY, double depth) =>
        new(depth * (pixelX - CenterX) / Focal, depth * (pixelY - CenterY) / Focal, depth);
}
