using OdmNode.Imaging.Resampling;
using System.Collections.Concurrent;
using OdmNode.Engine.Running;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Imaging.Codecs;

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
            PhotoPyramid.Build(PhotoFile.Decode(projectFolder, imageName)));
    }

    public void Clear() => photos.Clear();

    private long SizeOf(string imageName) => sizes.GetOrAdd(imageName, name =>
    {
        PhotoHeader header = PhotoCodec.ReadHeader(PhotoFile.ReadBytes(projectFolder, name));
        return PhotoPyramid.BytesOf(header.Width, header.Height);
    });
}
