using OdmNode.Core.Errors;
using OdmNode.Imaging.Codecs;
using OdmNode.Imaging.Resampling;
using OdmNode.WebOdm.Files;

namespace OdmNode.Hosting.Photos;

/// <summary>Scales JPEG photos by the mean of the area that a pixel covers, and takes their metadata over byte for byte. Other kinds stay as they are.</summary>
internal sealed class JpegScaler : IPhotoScaler
{
    private const int Quality = 100;

    /// <inheritdoc/>
    public double? Shrink(string source, string target, int longest)
    {
        var photo = File.ReadAllBytes(source);
        try
        {
            var header = PhotoCodec.ReadHeader(photo);
            var side = Math.Max(header.Width, header.Height);
            if (header.Format != PhotoFormat.Jpeg || side <= longest)
            {
                return null;
            }

            int Scaled(int pixels) => Math.Max(1, (int)((long)pixels * longest / side));

            var small = AreaResampler.Resize(PhotoCodec.Decode(photo, new DecodeOptions()), Scaled(header.Width), Scaled(header.Height));
            File.WriteAllBytes(target, JpegMetadata.Transfer(photo, JpegEncoder.Consume(small, Quality)));
            return (double)longest / side;
        }
        catch (OdmException exception) when (exception.Kind == ErrorKind.BadInput)
        {
            // No picture, or a damaged one: the engine says what it makes of it.
            return null;
        }
    }
}
