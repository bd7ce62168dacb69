using OdmNode.Imaging.Codecs;
using OpenCvSharp;

namespace OdmNode.UnitTests.Imaging;

/// <summary>Small encoded pictures, by OpenCV: independent of the decoder under test.</summary>
internal static class TestPictures
{
    /// <summary>Red rises with x, green with y, blue is 100; encoded by the extension.</summary>
    public static byte[] Ramp(int width, int height, string extension, bool sixteenBits = false)
    {
        OpenCvLibrary.Prepare();
        using var picture = new Mat(height, width, MatType.CV_8UC3);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                picture.Set(y, x, new Vec3b(100, (byte)(y * 255 / height), (byte)(x * 255 / width)));
            }
        }

        using var converted = new Mat();
        picture.ConvertTo(converted, sixteenBits ? MatType.CV_16UC3 : MatType.CV_8UC3, sixteenBits ? 257 : 1);
        Cv2.ImEncode(extension, converted, out byte[] file, new ImageEncodingParam(ImwriteFlags.JpegQuality, 95));
        return file;
    }
}
