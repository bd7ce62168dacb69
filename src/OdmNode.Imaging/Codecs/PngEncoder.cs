using OpenCvSharp;

namespace OdmNode.Imaging.Codecs;

/// <summary>Encodes pictures with alpha as PNG.</summary>
public static class PngEncoder
{
    /// <summary>Encodes a picture that is not needed afterwards: its samples are left in another order, so that no copy is made.</summary>
    /// <param name="pixels">height × width × 4 samples: red, green, blue, alpha, not premultiplied.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    public static byte[] Consume(byte[] pixels, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.Length != 4 * width * height)
        {
            throw new ArgumentException($"A picture of {width} × {height} pixels needs {4 * width * height} bytes.", nameof(pixels));
        }

        OpenCvLibrary.Prepare();
        using Mat view = Mat.FromPixelData(height, width, MatType.CV_8UC4, pixels);
        Cv2.CvtColor(view, view, ColorConversionCodes.RGBA2BGRA);
        return view.ImEncode(".png");
    }
}
