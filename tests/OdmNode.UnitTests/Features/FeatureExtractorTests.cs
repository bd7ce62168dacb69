using OdmNode.Core.Errors;
using OdmNode.Features.Detection;
using OdmNode.Imaging.Buffers;

namespace OdmNode.UnitTests.Features;

public class FeatureExtractorTests
{
    [Fact]
    public void Keypoints_of_blobs_lie_at_their_centres_in_corner_coordinates()
    {
        (ImageBuffer image, List<(double X, double Y)> centers) = Blobs(320, 240, sigma: 3);
        FeatureSet features = FeatureExtractor.Extract(image, 640, 480, new FeatureOptions(), CancellationToken.None);

        double sumX = 0;
        double sumY = 0;
        foreach ((double x, double y) in centers)
        {
            // The photo is twice the size of the picture that was searched.
            int nearest = Enumerable.Range(0, features.Count)
                .MinBy(i => Math.Pow(features.X[i] - (2 * x), 2) + Math.Pow(features.Y[i] - (2 * y), 2));
            Assert.InRange(features.X[nearest], (2 * x) - 0.2, (2 * x) + 0.2);
            Assert.InRange(features.Y[nearest], (2 * y) - 0.2, (2 * y) + 0.2);
            sumX += features.X[nearest] - (2 * x);
            sumY += features.Y[nearest] - (2 * y);
        }

        // A convention that is wrong by half a pixel would shift them all.
        Assert.InRange(sumX / centers.Count, -0.04, 0.04);
        Assert.InRange(sumY / centers.Count, -0.04, 0.04);
    }

    [Fact]
    public void The_same_pixels_give_the_same_features_and_at_most_the_wanted_number()
    {
        ImageBuffer image = Noise(300, 200);
        var options = new FeatureOptions { TargetCount = 150 };
        FeatureSet first = FeatureExtractor.Extract(image, 300, 200, options, CancellationToken.None);
        FeatureSet second = FeatureExtractor.Extract(image, 300, 200, options, CancellationToken.None);

        Assert.Equal(150, first.Count);
        Assert.Equal(first.X, second.X);
        Assert.Equal(first.Descriptors, second.Descriptors);
    }

    [Fact]
    public void A_picture_without_texture_has_no_features() =>
        Assert.Equal(0, FeatureExtractor.Extract(new ImageBuffer(100, 80, 3), 100, 80, new FeatureOptions(), CancellationToken.None).Count);

    [Fact]
    public void A_feature_set_reads_back_as_it_was_written_and_cut_off_data_is_refused()
    {
        FeatureSet features = FeatureExtractor.Extract(
            Noise(200, 150), 400, 300, new FeatureOptions { TargetCount = 40 }, CancellationToken.None);
        using var stream = new MemoryStream();
        features.Write(stream);
        stream.Position = 0;
        FeatureSet back = FeatureSet.Read(stream);

        Assert.Equal((400, 300, features.Count), (back.Width, back.Height, back.Count));
        Assert.Equal(features.Y, back.Y);
        Assert.Equal(features.Scale, back.Scale);
        Assert.Equal(features.Colors, back.Colors);
        Assert.Equal(features.Descriptors, back.Descriptors);
        using var cut = new MemoryStream(stream.ToArray(), 0, (int)stream.Length - 1);
        Assert.Equal(ErrorKind.BadInput, Assert.Throws<OdmException>(() => FeatureSet.Read(cut)).Kind);
    }

    [Theory]
    [InlineData(4000, 3000, FeatureQuality.Ultra, 4000)]
    [InlineData(4000, 3000, FeatureQuality.High, 2000)]
    [InlineData(4000, 3000, FeatureQuality.Lowest, 320)]
    [InlineData(5472, 3648, FeatureQuality.Ultra, 4480)]
    [InlineData(5472, 3648, FeatureQuality.High, 2736)]
    [InlineData(5472, 3648, FeatureQuality.Lowest, 369)]
    [InlineData(8064, 6048, FeatureQuality.Ultra, 4032)]
    [InlineData(8064, 6048, FeatureQuality.Medium, 1008)]
    public void The_size_searched_is_that_of_the_published_table(int width, int height, FeatureQuality quality, int expected) =>
        Assert.Equal(expected, FeatureImageSize.LongestSide(width, height, quality));

    private static (ImageBuffer Image, List<(double X, double Y)> Centers) Blobs(int width, int height, double sigma)
    {
        var random = new Random(4);
        var centers = new List<(double X, double Y)>();
        for (double y = 30; y < height - 30; y += 36)
        {
            for (double x = 30; x < width - 30; x += 36)
            {
                centers.Add((x + random.NextDouble(), y + random.NextDouble()));
            }
        }

        var image = new ImageBuffer(width, height, 1);
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                double value = 40;
                foreach ((double x, double y) in centers)
                {
                    // The centre of the pixel is half a pixel from its corner.
                    double squared = Math.Pow(column + 0.5 - x, 2) + Math.Pow(row + 0.5 - y, 2);
                    value += squared < 400 ? 180 * Math.Exp(-squared / (2 * sigma * sigma)) : 0;
                }

                image.Pixels[(row * width) + column] = (byte)Math.Round(value);
            }
        }

        return (image, centers);
    }

    private static ImageBuffer Noise(int width, int height)
    {
        var image = new ImageBuffer(width, height, 3);
        new Random(9).NextBytes(image.Pixels);
        return image;
    }
}
