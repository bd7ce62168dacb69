using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Resampling;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>Gives decoded photos, and keeps as many as the memory budget allows.</summary>
public interface IPhotoSource
{
    /// <summary>A level of a photo's <see cref="PhotoPyramid"/>. Called from several threads at once.</summary>
    /// <param name="imageName">As in <see cref="Scene.Model.Shot.ImageName"/>.</param>
    /// <param name="level">0 for the photo itself. Who needs several asks for the finest first: the others are made of it.</param>
    /// <param name="cancellationToken">Ends a wait for decoding.</param>
    ImageBuffer Get(string imageName, int level, CancellationToken cancellationToken);
}
