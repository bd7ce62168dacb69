using System.Collections.Concurrent;
using OdmNode.Engine.Running;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Imaging.Resampling;

namespace OdmNode.Engine.Stages;

/// <summary>Decodes photos when they are first needed and keeps those used last within a number of bytes.</summary>
internal sealed class PhotoSource(string projectFolder, long capacityBytes) : IPhotoSource
{
    private readonly ConcurrentDictionary<string, long> sizes = new(StringComparer.Ordinal);
    private readonly LruCache<PhotoPyramid> photos = new(capacityBytes);

    public PhotoPyramid Get(string imageName, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return photos.Get(imageName, SizeOf(imageName), () =>
            PhotoPyramid.Build(PhotoFile.Decode(projectFolder, imageName, 1, cancellationToken)));
    }

    public void Clear() => photos.Clear();

    private long SizeOf(string imageName) => sizes.GetOrAdd(imageName, name =>
    {
        (int width, int height) = PhotoFile.SizeOf(projectFolder, name);
        return PhotoPyramid.BytesOf(width, height);
    });
}
