using System.Globalization;
using OdmNode.Geometry.Cameras;
using OdmNode.Imaging.Metadata;
using OdmNode.Sfm;

namespace OdmNode.Engine.Stages;

/// <summary>What is known of the lenses before any photo is matched.</summary>
internal static class CameraPriors
{
    private const double ExifFocalSigma = 0.02;
    private const double GuessedFocalSigma = 0.2;

    /// <summary>A lens without distortion of the focal length that the photo names.</summary>
    public static BrownCamera Lens(PhotoMetadata photo)
    {
        double focal = (photo.FocalRatio ?? CameraKey.DefaultFocalRatio) * Math.Max(photo.Width, photo.Height);
        return new BrownCamera
        {
            Width = photo.Width,
            Height = photo.Height,
            FocalX = focal,
            FocalY = focal,
            CenterX = 0.5 * photo.Width,
            CenterY = 0.5 * photo.Height,
        };
    }

    /// <summary>All that <see cref="Lens"/> depends on.</summary>
    public static string Describe(PhotoMetadata photo) => string.Create(
        CultureInfo.InvariantCulture, $"{photo.Width} {photo.Height} {photo.FocalRatio ?? CameraKey.DefaultFocalRatio:R}");

    /// <summary>Start values by camera id.</summary>
    /// <param name="photos">All photos.</param>
    /// <param name="calibrated">From the option <c>cameras</c>; wins over EXIF.</param>
    /// <param name="keep">Option <c>use-fixed-camera-params</c>.</param>
    public static SortedDictionary<string, SfmCamera> Collect(
        IEnumerable<PhotoMetadata> photos, IReadOnlyDictionary<string, BrownCamera> calibrated, bool keep)
    {
        var cameras = new SortedDictionary<string, SfmCamera>(StringComparer.Ordinal);
        foreach (PhotoMetadata photo in photos)
        {
            string id = CameraKey.Of(photo);
            if (!cameras.ContainsKey(id))
            {
                bool known = calibrated.TryGetValue(id, out BrownCamera? camera);
                cameras[id] = new SfmCamera(known ? camera!.Resized(photo.Width, photo.Height) : Lens(photo))
                {
                    IsFixed = keep,
                    FocalSigma = known || photo.FocalRatio is not null ? ExifFocalSigma : GuessedFocalSigma,
                };
            }
        }

        return cameras;
    }
}
