using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Imaging.Buffers;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.DepthMaps;

/// <summary>Resamples photos as a camera without distortion would have taken them.</summary>
public static class ImageUndistorter
{
    /// <summary>How much wider than the photo the frame may grow to hold its corners.</summary>
    private const double MaxGrowth = 1.3;

    /// <summary>The same of a wide lens, where the frame holds less of what the photo shows: most views lie in its middle.</summary>
    private const double MaxWideGrowth = 1.6;

    /// <summary>Pixels between exact evaluations of the distortion; between them it is interpolated (error below 0.01 pixel).</summary>
    private const int GridStep = 8;

    /// <summary>
    /// A pinhole camera that sees what the photo sees, at about the photo's own resolution (of a wide lens, that of its middle) once the
    /// photo is scaled to <paramref name="longestSide"/>.
    /// </summary>
    public static PinholeCamera ChoosePinhole(Camera camera, int longestSide)
    {
        ArgumentNullException.ThrowIfNull(camera);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(longestSide);
        double scale = (double)longestSide / camera.LongestSide;
        double focal = 0.5 * (camera.FocalX + camera.FocalY) * scale;
        double left = 0, right = 0, top = 0, bottom = 0;
        const int samples = 32;
        for (int i = 0; i <= samples; i++)
        {
            double x = (double)camera.Width * i / samples;
            double y = (double)camera.Height * i / samples;
            foreach (Vector2D pixel in (ReadOnlySpan<Vector2D>)[new(x, 0), new(x, camera.Height), new(0, y), new(camera.Width, y)])
            {
                Vector2D normalized = camera.Normalize(pixel);
                if (double.IsFinite(normalized.X) && double.IsFinite(normalized.Y))
                {
                    left = Math.Min(left, normalized.X);
                    right = Math.Max(right, normalized.X);
                    top = Math.Min(top, normalized.Y);
                    bottom = Math.Max(bottom, normalized.Y);
                }
            }
        }

        double growth = camera.IsWide ? MaxWideGrowth : MaxGrowth;
        double limitX = growth * camera.Width * scale / focal;
        double limitY = growth * camera.Height * scale / focal;
        (left, right) = Shrink(left, right, limitX);
        (top, bottom) = Shrink(top, bottom, limitY);
        int width = Math.Max(1, (int)Math.Round(focal * (right - left)));
        int height = Math.Max(1, (int)Math.Round(focal * (bottom - top)));
        return new PinholeCamera(width, height, focal, -left * focal, -top * focal);
    }

    /// <summary>The photo, taken at one moment, in the frame of <paramref name="target"/>.</summary>
    /// <inheritdoc cref="Undistort(ImageBuffer, Camera, in PinholeCamera, PassingGround, CancellationToken)"/>
    public static ImageBuffer Undistort(
        ImageBuffer photo, Camera camera, in PinholeCamera target, CancellationToken cancellationToken) =>
        Undistort(photo, camera, target, null, cancellationToken);

    /// <summary>The photo in the frame of <paramref name="target"/>: bilinear, or an area mean where the photo is finer.</summary>
    /// <param name="photo">The decoded photo at any scale.</param>
    /// <param name="camera">The lens at the photo's full size.</param>
    /// <param name="target">Frame of the result, of any size.</param>
    /// <param name="ground">What the photo shows and how the camera moved over it; null for a photo taken at one moment.</param>
    /// <param name="cancellationToken">Checked every few rows.</param>
    /// <returns>As many channels as the photo. Pixels outside the photo are 0 in every channel; inside none is 0.</returns>
    public static ImageBuffer Undistort(
        ImageBuffer photo, Camera camera, in PinholeCamera target, PassingGround? ground, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(camera);
        double scaleX = (double)photo.Width / camera.Width;
        double scaleY = (double)photo.Height / camera.Height;
        int taps = Math.Clamp((int)Math.Round(camera.FocalX * scaleX / target.Focal), 1, 8);
        var result = new ImageBuffer(target.Width, target.Height, photo.Channels);
        int gridWidth = ((target.Width + GridStep - 1) / GridStep) + 1;
        var above = new Vector2D[gridWidth];
        var below = new Vector2D[gridWidth];
        FillGridRow(below, 0, camera, target, ground, scaleX, scaleY);
        for (int y = 0; y < target.Height; y++)
        {
            if (y % GridStep == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                (above, below) = (below, above);
                FillGridRow(below, y + GridStep, camera, target, ground, scaleX, scaleY);
            }

            ResampleRow(photo, result.Row(y), above, below, ((y % GridStep) + 0.5) / GridStep, taps);
        }

        return result;
    }

    private static (double Low, double High) Shrink(double low, double high, double limit)
    {
        double factor = Math.Min(1, limit / (high - low));
        return (low * factor, high * factor);
    }

    /// <summary>Photo coordinates of the pixel corners at every <see cref="GridStep"/>-th column of a line.</summary>
    private static void FillGridRow(
        Vector2D[] row, int y, Camera camera, in PinholeCamera target, PassingGround? ground, double scaleX, double scaleY)
    {
        for (int i = 0; i < row.Length; i++)
        {
            Vector3D ray = target.Unproject(i * GridStep, y, 1);
            Vector2D pixel = ground is null ? camera.Project(ray) : RollingShutter.Project(camera, ray, ground.TravelAlong(ray));
            row[i] = new Vector2D(pixel.X * scaleX, pixel.Y * scaleY);
        }
    }

    private static void ResampleRow(
        ImageBuffer photo, Span<byte> row, Vector2D[] above, Vector2D[] below, double down, int taps)
    {
        int channels = photo.Channels;
        ReadOnlySpan<byte> pixels = photo.Pixels;
        int stride = photo.Width * channels;
        Span<int> sums = stackalloc int[channels];
        for (int cell = 0; cell + 1 < above.Length; cell++)
        {
            Vector2D left = ((1 - down) * above[cell]) + (down * below[cell]);
            Vector2D right = ((1 - down) * above[cell + 1]) + (down * below[cell + 1]);
            Vector2D step = (1.0 / GridStep) * (right - left);
            int end = Math.Min((cell + 1) * GridStep, row.Length / channels);
            for (int x = cell * GridStep; x < end; x++)
            {
                Vector2D at = left + ((x - (cell * GridStep) + 0.5) * step);
                if (!(at.X >= 0 && at.Y >= 0 && at.X <= photo.Width && at.Y <= photo.Height))
                {
                    continue;
                }

                sums.Clear();
                for (int j = 0; j < taps; j++)
                {
                    double tapY = at.Y + (((j + 0.5) / taps) - 0.5) * taps;
                    for (int i = 0; i < taps; i++)
                    {
                        double tapX = at.X + (((i + 0.5) / taps) - 0.5) * taps;
                        AddBilinear(pixels, photo.Width, photo.Height, stride, channels, tapX - 0.5, tapY - 0.5, sums);
                    }
                }

                int divisor = taps * taps << 8;
                for (int c = 0; c < channels; c++)
                {
                    row[(x * channels) + c] = (byte)Math.Max(1, (sums[c] + (divisor >> 1)) / divisor);
                }
            }
        }
    }

    /// <summary>Adds 256 times the bilinear value; positions count from the centre of the first pixel, borders repeat.</summary>
    private static void AddBilinear(
        ReadOnlySpan<byte> pixels, int width, int height, int stride, int channels, double x, double y, Span<int> sums)
    {
        int fixedX = (int)Math.Clamp((x * 16) + 0.5, 0, (width - 1) * 16);
        int fixedY = (int)Math.Clamp((y * 16) + 0.5, 0, (height - 1) * 16);
        int x0 = fixedX >> 4;
        int y0 = fixedY >> 4;
        int dx = fixedX & 15;
        int dy = fixedY & 15;
        int upper = (y0 * stride) + (x0 * channels);
        int right = x0 + 1 < width ? channels : 0;
        int lower = upper + (y0 + 1 < height ? stride : 0);
        for (int c = 0; c < channels; c++)
        {
            int top = ((16 - dx) * pixels[upper + c]) + (dx * pixels[upper + right + c]);
            int bottom = ((16 - dx) * pixels[lower + c]) + (dx * pixels[lower + right + c]);
            sums[c] += ((16 - dy) * top) + (dy * bottom);
        }
    }
}
