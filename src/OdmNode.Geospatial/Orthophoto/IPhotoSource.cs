using OdmNode.Imaging.Resampling;
namespace OdmNode.Geospatial.Orthophoto;

/// <summary>Gives decoded photos, and keeps as many as the memory budget allows.</summary>
public interface IPhotoSource
{
    /// <summary>The photo and its smaller copies. Called from several threads at once.</summary>
    /// <param name="imageName">As in <see cref="Scene.Model.Shot.ImageName"/>.</param>
    /// <param name="cancellationToken">Ends a wait for decoding.</param>
    PhotoPyramid Get(string imageName, CancellationToken cancellationToken);
}
