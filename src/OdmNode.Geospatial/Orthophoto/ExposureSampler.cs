using OdmNode.Imaging.Buffers;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>Reads the colours of tie points in one photo: a unit per image for <see cref="ExposureSolver"/>.</summary>
public static class ExposureSampler
{
    private const float Darkest = 8;
    private const float Brightest = 247;
    private const int Half = 2;

    /// <param name="reconstruction">Tie points and where the photo shows them.</param>
    /// <param name="shot">Index of the photo.</param>
    /// <param name="photo">The photo, three channels, at full size or smaller (an eighth of the size is enough).</param>
    /// <returns>In the order of the points; points in deep shadow or blown out are left out.</returns>
    public static IReadOnlyList<ExposureSample> Sample(Reconstruction reconstruction, int shot, ImageBuffer photo)
    {
        ArgumentNullException.ThrowIfNull(reconstruction);
        ArgumentNullException.ThrowIfNull(photo);
        double scale = (double)photo.Width / reconstruction.CameraOf(reconstruction.Shots[shot]).Width;
        var samples = new List<ExposureSample>();
        TiePoints points = reconstruction.Points;
        for (int point = 0; point < points.Count; point++)
        {
            foreach (Observation observation in points.ObservationsOf(point))
            {
                if (observation.Shot != shot)
                {
                    continue;
                }

                int x = (int)(observation.X * scale);
                int y = (int)(observation.Y * scale);
                if (Mean(photo, x, y) is { } mean && Usable(mean.Red) && Usable(mean.Green) && Usable(mean.Blue))
                {
                    samples.Add(new ExposureSample(point, shot, mean.Red, mean.Green, mean.Blue));
                }

                break;
            }
        }

        return samples;
    }

    private static bool Usable(float value) => value is > Darkest and < Brightest;

    private static (float Red, float Green, float Blue)? Mean(ImageBuffer photo, int x, int y)
    {
        if (x < Half || y < Half || x >= photo.Width - Half || y >= photo.Height - Half)
        {
            return null;
        }

        int red = 0, green = 0, blue = 0;
        for (int row = y - Half; row <= y + Half; row++)
        {
            ReadOnlySpan<byte> pixels = photo.Row(row);
            for (int i = 3 * (x - Half); i <= 3 * (x + Half); i += 3)
            {
                red += pixels[i];
                green += pixels[i + 1];
                blue += pixels[i + 2];
            }
        }

        const float count = ((2 * Half) + 1) * ((2 * Half) + 1);
        return (red / count, green / count, blue / count);
    }
}
