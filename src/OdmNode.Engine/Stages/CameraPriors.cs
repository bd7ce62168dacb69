using System.Globalization;
using OdmNode.Engine.Assets;
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
    public static Camera Lens(PhotoRecord photo)
    {
        PhotoMetadata metadata = photo.Metadata!;
        double focal = (metadata.FocalRatio ?? CameraKey.DefaultFocalRatio) * Math.Max(metadata.Width, metadata.Height);
        return Camera.Of(photo.Lens, metadata.Width, metadata.Height, focal);
    }

    /// <summary>All that <see cref="Lens"/> depends on.</summary>
    public static string Describe(PhotoRecord photo) => string.Create(
        CultureInfo.InvariantCulture,
        $"{photo.Metadata!.Width} {photo.Metadata.Height} {photo.Metadata.FocalRatio ?? CameraKey.DefaultFocalRatio:R}{(photo.Lens == LensModel.Brown ? "" : " " + LensNames.Of(photo.Lens))}");

    /// <summary>Start values by camera id.</summary>
    /// <param name="photos">All photos.</param>
    /// <param name="calibrated">From the option <c>cameras</c>; wins over EXIF.</param>
    /// <param name="keep">Option <c>use-fixed-camera-params</c>.</param>
    public static SortedDictionary<string, SfmCamera> Collect(
        IEnumerable<PhotoRecord> photos, IReadOnlyDictionary<string, Camera> calibrated, bool keep)
    {
        var cameras = new SortedDictionary<string, SfmCamera>(StringComparer.Ordinal);
        foreach (PhotoRecord record in photos)
        {
            PhotoMetadata photo = record.Metadata!;
            string id = record.CameraId;
            if (!cameras.ContainsKey(id))
            {
                bool known = calibrated.TryGetValue(id, out Camera? camera) && camera.Model == record.Lens;
                cameras[id] = new SfmCamera(known ? camera!.Resized(photo.Width, photo.Height) : Lens(record))
                {
                    IsFixed = keep,
                    FocalSigma = known || photo.FocalRatio is not null ? ExifFocalSigma : GuessedFocalSigma,
                };
            }
        }

        return cameras;
    }
}
