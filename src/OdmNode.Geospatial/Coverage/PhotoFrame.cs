using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Coverage;

/// <summary>Tells whether a photo shows a point.</summary>
internal sealed class PhotoFrame
{
    private const double Slack = 1.02;
    private readonly Camera camera;
    private readonly RigidTransform cameraFromWorld;
    private readonly double widest;

    public PhotoFrame(Shot shot, Camera camera)
    {
        this.camera = camera;
        cameraFromWorld = shot.CameraFromWorld;
        // Brown's polynomial folds back far outside of the picture: beyond the corners a point is outside, whatever it says.
        Vector2D[] corners = [new(0, 0), new(camera.Width, 0), new(0, camera.Height), new(camera.Width, camera.Height)];
        widest = Slack * corners.Max(corner => camera.Normalize(corner).Length);
    }

    public bool Shows(Vector3D pointInWorld)
    {
        Vector3D point = cameraFromWorld * pointInWorld;
        if (point.Z <= 0 || new Vector2D(point.X, point.Y).Length > widest * point.Z)
        {
            return false;
        }

        Vector2D pixel = camera.Project(point);
        return pixel.X >= 0 && pixel.Y >= 0 && pixel.X < camera.Width && pixel.Y < camera.Height;
    }
}
