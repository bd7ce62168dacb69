using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.DepthMaps;

/// <summary>What is known of a photo's depths before matching: the tie points it sees.</summary>
/// <param name="PointsInCamera">In the photo's camera frame, z > 0.</param>
public sealed record DepthPrior(Vector3D[] PointsInCamera)
{
    /// <summary>The tie points observed by one shot, in their order in the reconstruction.</summary>
    public static DepthPrior FromTiePoints(Reconstruction reconstruction, int shot)
    {
        ArgumentNullException.ThrowIfNull(reconstruction);
        RigidTransform cameraFromWorld = reconstruction.Shots[shot].CameraFromWorld;
        var points = new List<Vector3D>();
        for (int point = 0; point < reconstruction.Points.Count; point++)
        {
            foreach (Observation observation in reconstruction.Points.ObservationsOf(point))
            {
                if (observation.Shot == shot)
                {
                    Vector3D inCamera = cameraFromWorld * reconstruction.Points.Positions[point];
                    if (inCamera.Z > 0)
                    {
                        points.Add(inCamera);
                    }
                }
            }
        }

        return new DepthPrior([.. points]);
    }
}
