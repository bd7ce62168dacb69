using System.Runtime.Intrinsics;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Imaging.Resampling;

namespace OdmNode.Geospatial.Edges;

/// <summary>A photo of one small block of ground.</summary>
internal sealed class EdgeView
{
    private readonly OrthoScene scene;
    private readonly SceneView view;
    private readonly GroundView projection;
    private readonly CancellationToken cancellationToken;
    private readonly int level;
    private readonly float scale;
    private PhotoPyramid? photo;

    public EdgeView(
        OrthoScene scene, SceneView view, Vector3D anchorInMap, Vector3D anchorInWorld, Matrix3x3 worldFromMap, CancellationToken cancellationToken)
    {
        (this.scene, this.view, this.cancellationToken) = (scene, view, cancellationToken);
        projection = new GroundView(view.View, view.FarthestRadiusSquared, anchorInWorld, worldFromMap);
        level = BlockView.DetailLevel(view.View, scene.Tile.Grid.Resolution);
        scale = 1f / (1 << level);
    }

    /// <summary>Factors that make the views of the block agree.</summary>
    public Vector128<float> Gain { get; set; } = Vector128<float>.One;

    /// <summary>The colour that the photo shows of a map point; false where it lies outside or behind something.</summary>
    public bool TrySee(double east, double north, float up, Vector3D anchor, out Vector128<float> color)
    {
        color = default;
        if (!projection.TryProject((float)(east - anchor.X), (float)(north - anchor.Y), (float)(up - anchor.Z), out float x, out float y)
            || !(x >= 0 && y >= 0 && x <= view.View.Camera.Width && y <= view.View.Camera.Height))
        {
            return false;
        }

        Vector3D center = view.CenterInMap;
        (float East, float North, float Up) toCamera = ((float)(center.X - east), (float)(center.Y - north), (float)(center.Z - up));
        if (toCamera.Up <= 0
            || scene.Horizon.Hides(east, north, up, toCamera, (float)scene.Options.OcclusionReachMetres, scene.ToleranceMetres))
        {
            return false;
        }

        photo ??= view.Photo(cancellationToken);
        color = Gain * PhotoSampler.Linear(photo.Levels[level], x * scale, y * scale);
        return true;
    }
}
