using OdmNode.Engine.Running;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Resampling;

namespace OdmNode.Engine.Stages;

/// <summary>Decodes photos when they are first needed and keeps the levels of them used last within a number of bytes.</summary>
/// <remarks>Who draws cells wider than the photos' pixels needs no photo in full size: many times as many fit.</remarks>
/// <param name="projectFolder">The project's folder.</param>
/// <param name="sizes">Pixels of each photo.</param>
/// <param name="capacityBytes">What the levels may take together.</param>
internal sealed class PhotoSource(
    string projectFolder, IReadOnlyDictionary<string, (int Width, int Height)> sizes, long capacityBytes) : IPhotoSource
{
    private readonly LruCache<ImageBuffer> levels = new(capacityBytes);

    public ImageBuffer Get(string imageName, int level, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (int width, int height) = sizes[imageName];
        return levels.Get(KeyOf(imageName, level), PhotoPyramid.BytesOf(width, height, level), () => Load(imageName, level, cancellationToken));
    }

    public void Clear() => levels.Clear();

    private ImageBuffer Load(string imageName, int level, CancellationToken cancellationToken)
    {
        for (int finer = level - 1; finer >= 0; finer--)
        {
            if (levels.Find(KeyOf(imageName, finer)) is { } picture)
            {
                return PhotoPyramid.Reduced(picture, level - finer);
            }
        }

        return PhotoPyramid.Reduced(PhotoFile.Decode(projectFolder, imageName, 1, cancellationToken), level);
    }

    private static string KeyOf(string imageName, int level) => FormattableString.Invariant($"{level} {imageName}");
}
