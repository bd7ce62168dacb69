using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Resampling;

namespace OdmNode.UnitTests.Imaging;

public class AreaResamplerTests
{
    [Theory]
    [InlineData(97, 61, 97, 61, 1)]
    [InlineData(96, 60, 32, 20, 3)]
    [InlineData(97, 61, 31, 17, 1)]
    [InlineData(97, 61, 64, 60, 3)]
    [InlineData(5, 5, 1, 1, 3)]
    public void Every_pixel_is_the_mean_of_the_area_it_covers(int width, int height, int newWidth, int newHeight, int channels)
    {
        var random = new Random(1);
        var source = new ImageBuffer(width, height, channels);
        random.NextBytes(source.Pixels);

        ImageBuffer result = AreaResampler.Resize(source, newWidth, newHeight);

        for (int y = 0; y < newHeight; y++)
        {
            for (int x = 0; x < newWidth; x++)
            {
                for (int c = 0; c < channels; c++)
                {
                    double expected = MeanOver(
                        source, c, (double)x * width / newWidth, (double)(x + 1) * width / newWidth, (double)y * height / newHeight, (double)(y + 1) * height / newHeight);
                    // Half a grey value for rounding, and single precision.
                    Assert.InRange(result.Row(y)[(x * channels) + c], expected - 0.51, expected + 0.51);
                }
            }
        }
    }

    [Fact]
    public void Enlarging_a_ramp_gives_a_ramp()
    {
        var source = new ImageBuffer(10, 1, 1);
        for (int x = 0; x < 10; x++)
        {
            source.Pixels[x] = (byte)(20 * x);
        }

        ImageBuffer result = AreaResampler.Resize(source, 40, 1);
        for (int x = 4; x < 36; x++)
        {
            Assert.InRange(result.Pixels[x], (20 * (((x + 0.5) / 4) - 0.5)) - 0.51, (20 * (((x + 0.5) / 4) - 0.5)) + 0.51);
        }
    }

    private static double MeanOver(ImageBuffer image, int channel, double x0, double x1, double y0, double y1)
    {
        double sum = 0;
        for (int y = (int)y0; y < Math.Min(image.Height, Math.Ceiling(y1)); y++)
        {
            for (int x = (int)x0; x < Math.Min(image.Width, Math.Ceiling(x1)); x++)
            {
                double area = Math.Max(0, Math.Min(x + 1, x1) - Math.Max(x, x0)) * Math.Max(0, Math.Min(y + 1, y1) - Math.Max(y, y0));
                sum += area * image.Row(y)[(x * image.Channels) + channel];
            }
        }

        return sum / ((x1 - x0) * (y1 - y0));
    }
}
