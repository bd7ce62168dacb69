using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.DepthMaps;

/// <summary>The plane that a photo with a rolling shutter shows, and the way of the camera over it while the rows were read.</summary>
/// <remarks>
/// Undone at the plane's depth, the motion leaves in the picture travel · row time · (1 / depth − 1 / depth of the plane): nothing on the
/// plane, and a share of the whole that is the relief over the flying height elsewhere.
/// </remarks>
public sealed class PassingGround
{
    private readonly BaseSurface surface;
    private readonly Vector3D travelInCamera;

    private PassingGround(BaseSurface surface, Vector3D travelInCamera)
    {
        this.surface = surface;
        this.travelInCamera = travelInCamera;
    }

    /// <summary>From the tie points that a photo sees.</summary>
    /// <param name="reconstruction">Shots and tie points.</param>
    /// <param name="shot">Index of the photo.</param>
    /// <param name="target">The frame in which the plane has to lie in front of the camera.</param>
    /// <returns>Null for a photo that was taken at one moment, or that sees no tie point.</returns>
    public static PassingGround? Of(Reconstruction reconstruction, int shot, in PinholeCamera target)
    {
        ArgumentNullException.ThrowIfNull(reconstruction);
        Vector3D travel = reconstruction.Shots[shot].ReadoutTravelInCamera;
        if (travel == Vector3D.Zero)
        {
            return null;
        }

        DepthPrior prior = DepthPrior.FromTiePoints(reconstruction, shot);
        return prior.PointsInCamera.Length == 0 ? null : new PassingGround(BaseSurface.Fit(prior.PointsInCamera, target), travel);
    }

    /// <summary>The camera's way in units of the depth of the plane along a ray.</summary>
    /// <param name="ray">In the camera frame, z = 1.</param>
    public Vector3D TravelAlong(Vector3D ray) => Math.Max(0, surface.InverseDepth(ray.X, ray.Y)) * travelInCamera;
}
