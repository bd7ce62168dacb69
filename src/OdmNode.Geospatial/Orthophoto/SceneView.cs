using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Resampling;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>A view while a tile is rendered: what does not change from block to block.</summary>
internal sealed class SceneView
{
    private readonly IPhotoSource photos;
    private readonly Lock gate = new();
    private readonly ImageBuffer?[] levels;

    public SceneView(OrthoView view, IPhotoSource photos, MapFrame? mapFrame)
    {
        View = view;
        this.photos = photos;
        levels = new ImageBuffer?[PhotoPyramid.LevelsOf(view.Camera.Width, view.Camera.Height)];
        Vector3D center = view.Shot.CameraFromWorld.Center;
        CenterInMap = mapFrame?.MapFromWorld(center) ?? center;
        FarthestRadiusSquared = GroundView.FarthestRadiusSquared(view.Camera);
    }

    public OrthoView View { get; }

    public Vector3D CenterInMap { get; }

    public double FarthestRadiusSquared { get; }

    /// <summary>A level of the photo, decoded when first asked for; see <see cref="IPhotoSource.Get"/>.</summary>
    public ImageBuffer Photo(int level, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return levels[level] ??= Load(level, cancellationToken);
        }
    }

    private ImageBuffer Load(int level, CancellationToken cancellationToken)
    {
        ImageBuffer photo = photos.Get(View.Shot.ImageName, level, cancellationToken);
        return (photo.Width, photo.Height) == PhotoPyramid.SizeOf(View.Camera.Width, View.Camera.Height, level)
            ? photo
            : throw new InvalidOperationException($"{View.Shot.ImageName} is not of the size that its camera states.");
    }
}
