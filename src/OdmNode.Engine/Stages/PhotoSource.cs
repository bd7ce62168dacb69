using OdmNode.Engine.Running;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Imaging.Resampling;

namespace OdmNode.Engine.Stages;

/// <summary>Decodes photos when they are first needed and keeps those used last within a number of bytes.</summary>
/// <param name="projectFolder">The project's folder.</param>
/// <param name="bytes">What each photo takes in memory.</param>
/// <param name="capacityBytes">What they may take together.</param>
internal sealed class PhotoSource(string projectFolder, IReadOnlyDictionary<string, long> bytes, long capacityBytes) : IPhotoSource
{
    private readonly LruCache<PhotoPyramid> photos = new(capacityBytes);

    public PhotoPyramid Get(string imageName, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return photos.Get(imageName, bytes[imageName], () =>
            PhotoPyramid.Build(PhotoFile.Decode(projectFolder, imageName, 1, cancellationToken)));
    }

    public void Clear() => photos.Clear();
}
