using OdmNode.Core.Errors;
using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Codecs;

namespace OdmNode.UnitTests.Imaging;

public class PhotoCodecTests
{
    [Theory]
    [InlineData(".jpg", PhotoFormat.Jpeg, false)]
    [InlineData(".png", PhotoFormat.Png, false)]
    [InlineData(".png", PhotoFormat.Png, true)]
    [InlineData(".tiff", PhotoFormat.Tiff, false)]
    [InlineData(".tiff", PhotoFormat.Tiff, true)]
    [InlineData(".bmp", PhotoFormat.Bmp, false)]
    public void Every_format_decodes_to_the_pixels_that_were_encoded(string extension, PhotoFormat format, bool sixteenBits)
    {
        byte[] file = TestPictures.Ramp(101, 67, extension, sixteenBits);

        Assert.Equal(new PhotoHeader(format, 101, 67), PhotoCodec.ReadHeader(file));
        ImageBuffer image = PhotoCodec.Decode(file, new DecodeOptions());
        Assert.Equal((101, 67, 3), (image.Width, image.Height, image.Channels));
        foreach ((int x, int y) in new[] { (5, 5), (50, 33), (95, 60) })
        {
            ReadOnlySpan<byte> pixel = image.Row(y).Slice(3 * x, 3);
            Assert.InRange(pixel[0], (x * 255 / 101) - 6, (x * 255 / 101) + 6);
            Assert.InRange(pixel[1], (y * 255 / 67) - 6, (y * 255 / 67) + 6);
            Assert.InRange(pixel[2], 94, 106);
        }
    }

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".png")]
    public void Reduced_decoding_keeps_positions_at_the_size_ratio(string extension)
    {
        byte[] file = TestPictures.Ramp(203, 101, extension);
        foreach (int denominator in new[] { 2, 4, 8 })
        {
            ImageBuffer image = PhotoCodec.Decode(file, new DecodeOptions { ScaleDenominator = denominator });
            Assert.Equal((203 + denominator - 1) / denominator, image.Width);
            Assert.Equal((101 + denominator - 1) / denominator, image.Height);
            int column = image.Width / 2;
            // The mean of a linear ramp over a pixel is its value at the centre.
            double expected = (((column + 0.5) * denominator) - 0.5) * 255 / 203;
            Assert.InRange(image.Row(image.Height / 2)[3 * column], expected - 4, expected + 4);
        }
    }

    [Fact]
    public void A_longest_side_is_met_without_enlarging()
    {
        byte[] file = TestPictures.Ramp(400, 300, ".jpg");
        Assert.Equal(150, PhotoCodec.DecodeToLongestSide(file, 150, grey: true).Width);
        Assert.Equal(113, PhotoCodec.DecodeToLongestSide(file, 150, grey: true).Height);
        Assert.Equal(400, PhotoCodec.DecodeToLongestSide(file, 5000, grey: true).Width);
    }

    [Theory]
    [InlineData(".jpg", 0.99)]
    [InlineData(".jpg", 0.5)]
    [InlineData(".jpg", 0.02)]
    [InlineData(".png", 0.5)]
    [InlineData(".tiff", 0.5)]
    public void A_file_that_is_cut_off_is_bad_input(string extension, double share)
    {
        byte[] file = TestPictures.Ramp(200, 150, extension);
        OdmException exception = Assert.Throws<OdmException>(
            () => PhotoCodec.Decode(file.AsSpan(0, (int)(file.Length * share)), new DecodeOptions()));
        Assert.Equal(ErrorKind.BadInput, exception.Kind);
    }

    [Fact]
    public void Text_and_nothing_are_bad_input()
    {
        Assert.Equal(ErrorKind.BadInput, Assert.Throws<OdmException>(() => PhotoCodec.ReadHeader("not a picture"u8)).Kind);
        Assert.Equal(ErrorKind.BadInput, Assert.Throws<OdmException>(() => PhotoCodec.ReadHeader([])).Kind);
    }

    [Fact]
    public void A_header_that_declares_a_gigantic_picture_is_refused_by_size()
    {
        byte[] png = TestPictures.Ramp(8, 8, ".png");
        // Width and height of IHDR, big-endian.
        (png[16], png[17], png[18], png[19]) = (0x7F, 0xFF, 0xFF, 0xFF);
        (png[20], png[21], png[22], png[23]) = (0x7F, 0xFF, 0xFF, 0xFF);
        Assert.Contains("megapixels", Assert.Throws<OdmException>(() => PhotoCodec.ReadHeader(png)).Message, StringComparison.Ordinal);

        byte[] jpeg = TestPictures.Ramp(8, 8, ".jpg");
        int frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        (jpeg[frame + 5], jpeg[frame + 6], jpeg[frame + 7], jpeg[frame + 8]) = (0xFF, 0xDC, 0xFF, 0xDC);
        Assert.Contains("megapixels", Assert.Throws<OdmException>(() => PhotoCodec.Decode(jpeg, new DecodeOptions())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_damage_is_a_picture_or_bad_input_never_anything_else()
    {
        foreach (string extension in new[] { ".jpg", ".png", ".tiff", ".bmp" })
        {
            byte[] good = TestPictures.Ramp(64, 48, extension);
            var random = new Random(5);
            for (int round = 0; round < 60; round++)
            {
                byte[] file = [.. good];
                for (int i = 0; i < 4; i++)
                {
                    file[random.Next(file.Length)] = (byte)random.Next(256);
                }

                try
                {
                    PhotoCodec.Decode(file, new DecodeOptions { MaximumPixels = 1_000_000 });
                }
                catch (OdmException exception)
                {
                    Assert.Equal(ErrorKind.BadInput, exception.Kind);
                }
            }
        }
    }
}
