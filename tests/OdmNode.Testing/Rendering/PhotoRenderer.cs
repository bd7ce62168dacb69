using System.Numerics;
using OdmNode.Geometry.Linear;
using OdmNode.Imaging.Buffers;
using OdmNode.Testing.Landscapes;
using OdmNode.Testing.Surveys;

namespace OdmNode.Testing.Rendering;

/// <summary>Takes a photo of a landscape by ray casting.</summary>
/// <remarks>
/// One ray for every pixel, through the distorted lens; textures are limited to the pixel's footprint. Pixels at an edge
/// of a face or a shadow are taken again with nine rays. Bands of rows are independent, so that the pixels are the same
/// for any number of threads.
/// </remarks>
internal sealed class PhotoRenderer
{
    private const int BandRows = 48;
    private readonly Landscape landscape;
    private readonly RayTable rays;
    private readonly SyntheticSurveyOptions options;

    public PhotoRenderer(Landscape landscape, RayTable rays, SyntheticSurveyOptions options)
    {
        this.landscape = landscape;
        this.rays = rays;
        this.options = options;
    }

    /// <summary>Red, green, blue as the camera would store them.</summary>
    public ImageBuffer Render(SyntheticPhoto photo, int parallelism, CancellationToken cancellationToken)
    {
        var image = new ImageBuffer(rays.Camera.Width, rays.Camera.Height, 3);
        int bands = (image.Height + BandRows - 1) / BandRows;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken };
        Parallel.For(0, bands, parallel, band => RenderBand(photo, image, band * BandRows));
        return image;
    }

    private void RenderBand(SyntheticPhoto photo, ImageBuffer image, int firstRow)
    {
        int width = image.Width;
        int lastRow = Math.Min(firstRow + BandRows, image.Height);
        // One row more above and below, so that edges are known across bands.
        int top = Math.Max(firstRow - 1, 0);
        int bottom = Math.Min(lastRow + 1, image.Height);
        var light = new Vector3[(bottom - top) * width];
        var surface = new int[light.Length];
        var distance = new double[light.Length];
        Matrix3x3 worldFromCamera = photo.CameraFromWorld.Rotation.Transposed();
        double perPixel = 1 / rays.Camera.FocalX;
        for (int y = top; y < bottom; y++)
        {
            Vector3D origin = OriginOf(photo, y);
            double ground = 0;
            for (int x = 0; x < width; x++)
            {
                SurfaceSample sample = landscape.Trace(origin, worldFromCamera * rays[x, y], perPixel, ref ground);
                int at = ((y - top) * width) + x;
                light[at] = sample.Light;
                surface[at] = sample.Surface;
                distance[at] = ground;
            }
        }

        for (int y = firstRow; y < lastRow; y++)
        {
            Span<byte> row = image.Row(y);
            for (int x = 0; x < width; x++)
            {
                int at = ((y - top) * width) + x;
                int here = surface[at];
                bool edge = (x > 0 && surface[at - 1] != here) || (x < width - 1 && surface[at + 1] != here)
                    || (y > top && surface[at - width] != here) || (y < bottom - 1 && surface[at + width] != here);
                Vector3 color = edge ? Refine(OriginOf(photo, y), worldFromCamera, x, y, distance[at]) : light[at];
                Develop(photo, color, x, y, row.Slice(3 * x, 3));
            }
        }
    }

    /// <summary>Where the camera was when a row was read.</summary>
    private Vector3D OriginOf(SyntheticPhoto photo, int row) => photo.CameraFromWorld.Center
        + ((((row + 0.5) / rays.Camera.Height) - 0.5) * options.ReadoutSeconds * photo.Velocity);

    private Vector3 Refine(Vector3D origin, in Matrix3x3 worldFromCamera, int x, int y, double ground)
    {
        Vector3 sum = Vector3.Zero;
        for (int i = 0; i < 9; i++)
        {
            Vector3D ray = rays.Near(x, y, ((i % 3) - 1) / 3.0, ((i / 3) - 1) / 3.0);
            sum += landscape.Trace(origin, worldFromCamera * ray, 1 / rays.Camera.FocalX, ref ground).Light;
        }

        return sum / 9;
    }

    private void Develop(SyntheticPhoto photo, Vector3 light, int x, int y, Span<byte> pixel)
    {
        float dx = (x + 0.5f - (0.5f * rays.Camera.Width)) / rays.Camera.LongestSide;
        float dy = (y + 0.5f - (0.5f * rays.Camera.Height)) / rays.Camera.LongestSide;
        float falloff = 1 - ((float)options.Vignetting * ((dx * dx) + (dy * dy)) / 0.39f);
        Vector3 exposed = light * (0.92f * (float)photo.Exposure * falloff);
        uint a = ValueNoise.Hash(x, y, photo.Seed);
        uint b = ValueNoise.Mix(a + 0x68E31DA4u);
        uint c = ValueNoise.Mix(b + 0xB5297A4Du);
        float sigma = (float)options.PixelNoise;
        pixel[0] = Tone(exposed.X, sigma * Gaussian(a));
        pixel[1] = Tone(exposed.Y, sigma * Gaussian(b));
        pixel[2] = Tone(exposed.Z, sigma * Gaussian(c));
    }

    /// <summary>About normal, of variance 1: the sum of a hash's four bytes.</summary>
    private static float Gaussian(uint hash) =>
        ((hash & 255) + ((hash >> 8) & 255) + ((hash >> 16) & 255) + (hash >> 24) - 510f) * (1 / 147.8f);

    private static byte Tone(float linear, float noise) =>
        (byte)Math.Clamp((255 * ToneCurve.Of(linear)) + noise + 0.5f, 0, 255);
}
