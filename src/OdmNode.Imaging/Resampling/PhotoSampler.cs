using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OdmNode.Imaging.Buffers;

namespace OdmNode.Imaging.Resampling;

/// <summary>Colours between the pixels of an RGB picture. Lanes 0 to 2 of a vector are red, green and blue, 0 to 255.</summary>
public static class PhotoSampler
{
    /// <summary>Catmull-Rom interpolation at a position whose pixel centres lie at .5; edges are repeated.</summary>
    /// <remarks>R. Keys, Cubic convolution interpolation for digital image processing, IEEE ASSP 29 (1981), a = −1/2.</remarks>
    public static Vector128<float> Cubic(ImageBuffer image, float x, float y)
    {
        float left = MathF.Floor(x - 0.5f);
        float top = MathF.Floor(y - 0.5f);
        Vector128<float> wx = CubicWeights(x - 0.5f - left);
        Vector128<float> wy = CubicWeights(y - 0.5f - top);
        int x0 = (int)left - 1;
        int y0 = (int)top - 1;

        // The fourth tap is read as four bytes; one pixel more on the right keeps that inside the array.
        if (x0 < 0 || y0 < 0 || x0 + 5 > image.Width || y0 + 4 > image.Height)
        {
            return CubicAtEdge(image, x0, y0, wx, wy);
        }

        ref byte row = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(image.Pixels), ((nint)y0 * image.Width * 3) + (x0 * 3));
        nint stride = image.Width * 3;
        Vector128<float> w0 = Vector128.Create(wx.GetElement(0));
        Vector128<float> w1 = Vector128.Create(wx.GetElement(1));
        Vector128<float> w2 = Vector128.Create(wx.GetElement(2));
        Vector128<float> w3 = Vector128.Create(wx.GetElement(3));
        Vector128<float> sum = Vector128<float>.Zero;
        for (int i = 0; i < 4; i++)
        {
            Vector128<float> line = (w0 * Load(ref row)) + (w1 * Load(ref Unsafe.Add(ref row, 3)))
                + (w2 * Load(ref Unsafe.Add(ref row, 6))) + (w3 * Load(ref Unsafe.Add(ref row, 9)));
            sum += Vector128.Create(wy.GetElement(i)) * line;
            row = ref Unsafe.Add(ref row, stride);
        }

        return sum;
    }

    /// <summary>Bilinear interpolation; edges are repeated.</summary>
    public static Vector128<float> Linear(ImageBuffer image, float x, float y)
    {
        float left = MathF.Floor(x - 0.5f);
        float top = MathF.Floor(y - 0.5f);
        Vector128<float> u = Vector128.Create(x - 0.5f - left);
        Vector128<float> v = Vector128.Create(y - 0.5f - top);
        int x0 = (int)left;
        int y0 = (int)top;
        Vector128<float> a = At(image, x0, y0);
        Vector128<float> c = At(image, x0, y0 + 1);
        Vector128<float> upper = a + (u * (At(image, x0 + 1, y0) - a));
        Vector128<float> lower = c + (u * (At(image, x0 + 1, y0 + 1) - c));
        return upper + (v * (lower - upper));
    }

    private static Vector128<float> CubicAtEdge(ImageBuffer image, int x0, int y0, Vector128<float> wx, Vector128<float> wy)
    {
        Vector128<float> sum = Vector128<float>.Zero;
        for (int i = 0; i < 4; i++)
        {
            Vector128<float> line = Vector128<float>.Zero;
            for (int j = 0; j < 4; j++)
            {
                line += Vector128.Create(wx.GetElement(j)) * At(image, x0 + j, y0 + i);
            }

            sum += Vector128.Create(wy.GetElement(i)) * line;
        }

        return sum;
    }

    private static Vector128<float> At(ImageBuffer image, int x, int y)
    {
        int i = 3 * ((Math.Clamp(y, 0, image.Height - 1) * image.Width) + Math.Clamp(x, 0, image.Width - 1));
        byte[] pixels = image.Pixels;
        return Vector128.Create(pixels[i], pixels[i + 1], pixels[i + 2], 0f);
    }

    private static Vector128<float> Load(ref byte pixel)
    {
        Vector128<byte> bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(ref pixel)).AsByte();
        Vector128<uint> wide = Vector128.WidenLower(Vector128.WidenLower(bytes));
        return Vector128.ConvertToSingle(wide.AsInt32());
    }

    private static Vector128<float> CubicWeights(float t)
    {
        float t2 = t * t;
        float t3 = t2 * t;
        return Vector128.Create(
            (-0.5f * t3) + t2 - (0.5f * t),
            (1.5f * t3) - (2.5f * t2) + 1,
            (-1.5f * t3) + (2 * t2) + (0.5f * t),
            (0.5f * t3) - (0.5f * t2));
    }
}
