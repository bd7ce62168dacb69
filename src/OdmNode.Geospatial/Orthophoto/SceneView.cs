using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Imaging.Resampling;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>A view while a tile is rendered: what does not change from block to block.</summary>
internal sealed class SceneView
{
    private readonly IPhotoSource photos;
    private readonly Lock gate = new();
    private PhotoPyramid? pyramid;

    public SceneView(OrthoView view, IPhotoSource photos, MapFrame? mapFrame)
    {
        View = view;
        this.photos = photos;
        Vector3D center = view.Shot.CameraFromWorld.Center;
        CenterInMap = mapFrame?.MapFromWorld(center) ?? center;
        FarthestRadiusSquared = GroundView.FarthestRadiusSquared(view.Camera);
    }

    public OrthoView View { get; }

    public Vector3D CenterInMap { get; }

    public double FarthestRadiusSquared { get; }

    /// <summary>The photo, decoded when first asked for.</summary>
    public PhotoPyramid Photo(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (pyramid is null)
            {
                PhotoPyramid photo = photos.Get(View.Shot.ImageName, cancellationToken);
                if (photo.Levels[0].Width != View.Camera.Width || photo.Levels[0].Height != View.Camera.Height)
                {
                    throw new InvalidOperationException($"{View.Shot.ImageName} is not of the size that its camera states.");
                }

                pyramid = photo;
            }

            return pyramid;
        }
    }
}
