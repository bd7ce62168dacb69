using OdmNode.Imaging.Buffers;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.DepthMaps;

/// <summary>One level of a grey pyramid; 0 marks pixels outside the photo.</summary>
internal sealed class GreyLevel
{
    private GreyLevel(PinholeCamera camera, byte[] pixels)
    {
        Camera = camera;
        Pixels = pixels;
    }

    /// <summary>Frame of the level.</summary>
    public PinholeCamera Camera { get; }

    /// <summary>height × width.</summary>
    public byte[] Pixels { get; }

    /// <summary>The picture itself and its halvings, the finest first.</summary>
    public static GreyLevel[] Pyramid(DenseView view, int levels)
    {
        var pyramid = new GreyLevel[levels];
        pyramid[0] = new GreyLevel(view.Camera, Grey(view.Picture));
        for (int level = 1; level < levels; level++)
        {
            pyramid[level] = pyramid[level - 1].Halved();
        }

        return pyramid;
    }

    private static byte[] Grey(ImageBuffer picture)
    {
        ReadOnlySpan<byte> samples = picture.Pixels;
        if (picture.Channels == 1)
        {
            return samples.ToArray();
        }

        var grey = new byte[picture.Width * picture.Height];
        for (int i = 0, j = 0; i < grey.Length; i++, j += picture.Channels)
        {
            int sum = (77 * samples[j]) + (150 * samples[j + 1]) + (29 * samples[j + 2]);
            grey[i] = (byte)(sum == 0 ? 0 : Math.Max(1, (sum + 128) >> 8));
        }

        return grey;
    }

    private GreyLevel Halved()
    {
        int width = Camera.Width / 2;
        int height = Camera.Height / 2;
        var pixels = new byte[width * height];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> upper = Pixels.AsSpan(2 * y * Camera.Width, Camera.Width);
            ReadOnlySpan<byte> lower = Pixels.AsSpan(((2 * y) + 1) * Camera.Width, Camera.Width);
            for (int x = 0; x < width; x++)
            {
                int a = upper[2 * x], b = upper[(2 * x) + 1], c = lower[2 * x], d = lower[(2 * x) + 1];
                bool inside = a != 0 && b != 0 && c != 0 && d != 0;
                pixels[(y * width) + x] = (byte)(inside ? (a + b + c + d + 2) >> 2 : 0);
            }
        }

        return new GreyLevel(
            new PinholeCamera(width, height, Camera.Focal / 2, Camera.CenterX / 2, Camera.CenterY / 2), pixels);
    }
}
