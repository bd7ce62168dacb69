using OdmNode.Imaging.Codecs;
using OdmNode.Testing.Files;
using OdmNode.Testing.Products;

namespace OdmNode.UnitTests.Imaging;

public class PngEncoderTests
{
    [Fact]
    public void Gdal_reads_the_same_colours_and_alpha()
    {
        const int width = 37;
        const int height = 21;
        byte[] pixels = new byte[4 * width * height];
        new Random(5).NextBytes(pixels);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.PathOf("a.png"), PngEncoder.Consume([.. pixels], width, height));
        ExternalTool.Run("gdal_translate", "-q", "-of", "ENVI", "-co", "INTERLEAVE=BIP", folder.PathOf("a.png"), folder.PathOf("a.bin"));
        Assert.Equal(pixels, File.ReadAllBytes(folder.PathOf("a.bin")));
    }

    [Fact]
    public void A_buffer_of_another_size_is_refused() => Assert.Throws<ArgumentException>(() => PngEncoder.Consume(new byte[15], 2, 2));
}
