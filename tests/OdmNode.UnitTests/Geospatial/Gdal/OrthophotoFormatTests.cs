using System.Text.Json;
using OdmNode.Geospatial.Gdal;
using OdmNode.Testing.Products;

namespace OdmNode.UnitTests.Geospatial.Gdal;

/// <summary>Orthophotos in every layout and compression, read back by GDAL's own programs.</summary>
public class OrthophotoFormatTests
{
    private const double JpegError = 12;

    public static TheoryData<RasterCompression, bool, bool> Formats()
    {
        var formats = new TheoryData<RasterCompression, bool, bool>();
        foreach (RasterCompression compression in Enum.GetValues<RasterCompression>())
        {
            formats.Add(compression, true, false);
            formats.Add(compression, false, false);
            formats.Add(compression, true, true);
        }

        return formats;
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Gdal_finds_the_asked_layout_and_the_same_pixels(RasterCompression compression, bool tiled, bool cloudOptimised)
    {
        using var folder = new ScratchFolder();
        string path = folder["ortho.tif"];
        OrthoSample.Write(path, new GeoTiffOptions { Compression = compression, Tiled = tiled, CloudOptimised = cloudOptimised });
        Assert.Equal(["ortho.tif"], folder.Files());

        using JsonDocument info = JsonDocument.Parse(ExternalTool.Run("gdalinfo", "-json", path));
        JsonElement structure = info.RootElement.GetProperty("metadata").GetProperty("IMAGE_STRUCTURE");
        string? name = structure.TryGetProperty("COMPRESSION", out JsonElement stated) ? stated.GetString() : null;
        JsonElement bands = info.RootElement.GetProperty("bands");
        JsonElement block = bands[0].GetProperty("block");
        bool isJpeg = compression == RasterCompression.Jpeg;
        Assert.Equal(compression == RasterCompression.None ? null : isJpeg ? "YCbCr JPEG" : compression.ToString().ToUpperInvariant(), name);
        Assert.Equal(tiled ? 512 : OrthoSample.Grid.Width, block[0].GetInt32());
        Assert.Equal(tiled, block[1].GetInt32() == 512);
        Assert.Equal(cloudOptimised, structure.TryGetProperty("LAYOUT", out JsonElement layout) && layout.GetString() == "COG");
        Assert.Equal(2, bands[0].GetProperty("overviews").GetArrayLength());
        Assert.Equal(isJpeg ? 3 : 4, bands.GetArrayLength());

        AssertPixels(path, folder["pixels.bin"], isJpeg ? JpegError : 0);
    }

    [Theory]
    [InlineData(RasterCompression.Deflate)]
    [InlineData(RasterCompression.Jpeg)]
    public void A_png_shows_the_same_pixels_with_alpha(RasterCompression compression)
    {
        using var folder = new ScratchFolder();
        OrthoSample.Write(folder["ortho.tif"], new GeoTiffOptions { Compression = compression });
        PictureWriter.WritePng(folder["ortho.tif"], folder["ortho.png"], CancellationToken.None);
        Assert.Equal(["ortho.png", "ortho.tif"], folder.Files());
        AssertPixels(folder["ortho.png"], folder["pixels.bin"], compression == RasterCompression.Jpeg ? JpegError : 0);
    }

    /// <summary>Alpha is exact; colours are within a tolerance, and exact where it is 0.</summary>
    private static void AssertPixels(string path, string scratch, double tolerance)
    {
        ExternalTool.Run(
            "gdal_translate", "-q", "-of", "ENVI", "-co", "INTERLEAVE=BIP", "-b", "1", "-b", "2", "-b", "3", "-b", "mask", path, scratch);
        byte[] pixels = File.ReadAllBytes(scratch);
        int width = OrthoSample.Grid.Width;
        Assert.Equal(4 * width * OrthoSample.Grid.Height, pixels.Length);
        for (int i = 0; i < pixels.Length / 4; i++)
        {
            (int x, int y) = (i % width, i / width);
            byte[] expected = OrthoSample.ColorAt(x, y);
            // Where nothing is known JPEG holds what its neighbours left, and there is a trace of that in their own colours.
            bool counts = tolerance == 0 || IsInside(x, y);
            for (int channel = 0; channel < 4; channel++)
            {
                if (Math.Abs(pixels[(4 * i) + channel] - expected[channel]) > (channel == 3 ? 0 : counts ? tolerance : byte.MaxValue))
                {
                    Assert.Fail($"channel {channel} at {x}, {y}: {pixels[(4 * i) + channel]}, not {expected[channel]}");
                }
            }
        }
    }

    /// <summary>Whether no unknown cell lies in the same block of a JPEG picture, 16 cells with halved colours, or in the next.</summary>
    private static bool IsInside(int x, int y)
    {
        const int reach = 32;
        return OrthoSample.IsKnown(x - reach, y - reach) && OrthoSample.IsKnown(x + reach, y - reach) && OrthoSample.IsKnown(x, y - reach)
            && OrthoSample.IsKnown(x - reach, y + reach) && OrthoSample.IsKnown(x + reach, y + reach) && OrthoSample.IsKnown(x, y + reach)
            && OrthoSample.IsKnown(x - reach, y) && OrthoSample.IsKnown(x + reach, y);
    }
}
