using OdmNode.Engine.Stages;
using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Codecs;
using OdmNode.Imaging.Resampling;
using OdmNode.Testing.Files;

namespace OdmNode.UnitTests.Engine;

public class PhotoSourceTests
{
    private const string Name = "a.jpg";

    [Fact]
    public void A_coarser_level_is_made_of_one_that_is_there()
    {
        using var project = new TemporaryFolder();
        var source = new PhotoSource(project.Root, Sizes(project, 90, 60), 1 << 20);
        ImageBuffer photo = source.Get(Name, 0, CancellationToken.None);
        Assert.Equal((90, 60), (photo.Width, photo.Height));

        // Nothing is decoded any more.
        File.Delete(project.PathOf($"images/{Name}"));
        ImageBuffer coarse = source.Get(Name, 2, CancellationToken.None);
        Assert.Equal(PhotoPyramid.Reduced(photo, 2).Pixels, coarse.Pixels);
        Assert.Same(photo, source.Get(Name, 0, CancellationToken.None));
    }

    [Fact]
    public void Only_the_levels_asked_for_take_room()
    {
        using var project = new TemporaryFolder();
        var source = new PhotoSource(project.Root, Sizes(project, 90, 60), PhotoPyramid.BytesOf(90, 60, 1) + PhotoPyramid.BytesOf(90, 60, 3));
        ImageBuffer half = source.Get(Name, 1, CancellationToken.None);
        ImageBuffer eighth = source.Get(Name, 3, CancellationToken.None);
        Assert.Same(half, source.Get(Name, 1, CancellationToken.None));
        Assert.Same(eighth, source.Get(Name, 3, CancellationToken.None));
    }

    /// <summary>Writes a photo and tells its size.</summary>
    private static Dictionary<string, (int Width, int Height)> Sizes(TemporaryFolder project, int width, int height)
    {
        var picture = new ImageBuffer(width, height, 3);
        new Random(3).NextBytes(picture.Pixels);
        Directory.CreateDirectory(project.PathOf("images"));
        File.WriteAllBytes(project.PathOf($"images/{Name}"), JpegEncoder.Consume(picture, 90));
        return new() { [Name] = (width, height) };
    }
}
