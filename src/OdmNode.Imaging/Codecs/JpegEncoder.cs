using OdmNode.Imaging.Buffers;
using OpenCvSharp;

namespace OdmNode.Imaging.Codecs;

/// <summary>Encodes pictures as baseline JPEG.</summary>
public static class JpegEncoder
{
    /// <summary>Encodes a picture that is not needed afterwards: its samples are left in another order, so that no copy is made.</summary>
    /// <param name="picture">Red, green, blue.</param>
    /// <param name="quality">1 to 100.</param>
    public static byte[] Consume(ImageBuffer picture, int quality)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Channels != 3)
        {
            throw new ArgumentException("The picture must have three channels.", nameof(picture));
        }

        OpenCvLibrary.Prepare();
        using Mat view = Mat.FromPixelData(picture.Height, picture.Width, MatType.CV_8UC3, picture.Pixels);
        Cv2.CvtColor(view, view, ColorConversionCodes.RGB2BGR);
        return view.ImEncode(".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, quality));
    }
}
