using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Texturing;

/// <summary>A placed photo to take colours from.</summary>
public sealed class TextureView
{
    private const double Nearest = 1e-6;
    private const double RadiusSlack = 1.1;
    private readonly RigidTransform cameraFromWorld;
    private readonly Vector3D travelInCamera;
    private readonly double farthestSquared;

    // The usual lens by its own type: its projection is a direct call, once for every texel.
    private readonly BrownCamera? brown;

    /// <param name="camera">Lens on the image that is to be sampled.</param>
    /// <param name="cameraFromWorld">Pose.</param>
    public TextureView(Camera camera, RigidTransform cameraFromWorld)
        : this(camera, cameraFromWorld, Vector3D.Zero)
    {
    }

    /// <param name="camera">Lens on the image that is to be sampled.</param>
    /// <param name="shot">The placed photo.</param>
    public TextureView(Camera camera, Shot shot)
        : this(camera, shot.CameraFromWorld, shot.ReadoutTravelInCamera)
    {
    }

    private TextureView(Camera camera, RigidTransform cameraFromWorld, Vector3D travelInCamera)
    {
        ArgumentNullException.ThrowIfNull(camera);
        Camera = camera;
        brown = camera as BrownCamera;
        this.cameraFromWorld = cameraFromWorld;
        this.travelInCamera = travelInCamera;
        Center = cameraFromWorld.Center;
        foreach ((int x, int y) in ((int, int)[])[(0, 0), (camera.Width, 0), (0, camera.Height), (camera.Width, camera.Height)])
        {
            Vector2D corner = camera.Normalize(new Vector2D(x, y));
            farthestSquared = Math.Max(farthestSquared, RadiusSlack * ((corner.X * corner.X) + (corner.Y * corner.Y)));
        }
    }

    public Camera Camera { get; }

    public Vector3D Center { get; }

    /// <summary>All placed photos of a reconstruction, in its order.</summary>
    public static IReadOnlyList<TextureView> Of(Reconstruction scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        return [.. scene.Shots.Select(shot => new TextureView(scene.CameraOf(shot), shot))];
    }

    /// <summary>The same view of an image resized to the given size.</summary>
    public TextureView Resized(int width, int height) => new(Camera.Resized(width, height), cameraFromWorld, travelInCamera);

    /// <summary>A point of the camera frame.</summary>
    public Vector3D ToCamera(Vector3D pointInWorld) => cameraFromWorld * pointInWorld;

    /// <summary>Pixel of a point of the camera frame; false behind the camera and where the lens model does not reach.</summary>
    public bool TryProject(Vector3D pointInCamera, out Vector2D pixel)
    {
        double x = pointInCamera.X / pointInCamera.Z;
        double y = pointInCamera.Y / pointInCamera.Z;
        if (pointInCamera.Z < Nearest || (x * x) + (y * y) > farthestSquared)
        {
            pixel = default;
            return false;
        }

        pixel = brown is not null && travelInCamera == Vector3D.Zero
            ? brown.Project(pointInCamera)
            : RollingShutter.Project(Camera, pointInCamera, travelInCamera);
        return true;
    }
}
