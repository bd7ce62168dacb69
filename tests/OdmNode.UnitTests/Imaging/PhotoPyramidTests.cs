using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Resampling;

namespace OdmNode.UnitTests.Imaging;

public class PhotoPyramidTests
{
    [Theory]
    [InlineData(64, 48)]
    [InlineData(93, 77)]
    [InlineData(33, 40)]
    [InlineData(3, 2)]
    public void Every_level_is_the_mean_of_two_by_two_pixels_of_the_one_before(int width, int height)
    {
        var photo = new ImageBuffer(width, height, 3);
        new Random(width).NextBytes(photo.Pixels);
        for (int level = 1; level < PhotoPyramid.LevelsOf(width, height); level++)
        {
            (ImageBuffer fine, ImageBuffer coarse) = (PhotoPyramid.Reduced(photo, level - 1), PhotoPyramid.Reduced(photo, level));
            Assert.Equal(PhotoPyramid.SizeOf(width, height, level), (coarse.Width, coarse.Height));
            Assert.Equal(PhotoPyramid.BytesOf(width, height, level), coarse.Pixels.Length);
            for (int i = 0; i < coarse.Pixels.Length; i++)
            {
                (int x, int y, int channel) = (i / 3 % coarse.Width, i / 3 / coarse.Width, i % 3);
                (int right, int below) = (Math.Min((2 * x) + 1, fine.Width - 1), Math.Min((2 * y) + 1, fine.Height - 1));
                int sum = fine.Row(2 * y)[(6 * x) + channel] + fine.Row(2 * y)[(3 * right) + channel]
                    + fine.Row(below)[(6 * x) + channel] + fine.Row(below)[(3 * right) + channel];
                Assert.Equal((sum + 2) / 4, coarse.Pixels[i]);
            }
        }
    }
}
