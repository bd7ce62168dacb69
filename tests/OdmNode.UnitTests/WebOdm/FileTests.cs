using OdmNode.Tasks.Storage;
using OdmNode.Testing.Files;
using OdmNode.WebOdm.Files;

namespace OdmNode.UnitTests.WebOdm;

public sealed class FileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("North field/1", "North-field-1-orthophoto.tif")]
    [InlineData("", "orthophoto.tif")]
    [InlineData("äöü", "orthophoto.tif")]
    [InlineData("a  --  b", "a-b-orthophoto.tif")]
    [InlineData("x_1.", "x_1-orthophoto.tif")]
    [InlineData("end-", "end-orthophoto.tif")]
    public void A_download_is_named_after_the_task(string task, string expected) => Assert.Equal(expected, AssetFileName.Of(task, "orthophoto.tif"));

    [Fact]
    public void A_second_name_shows_changes_until_it_is_detached()
    {
        var (first, second) = (_folder.PathOf("first"), _folder.PathOf("second"));
        File.WriteAllText(first, "old");
        FileLinks.LinkOrCopy(first, second);
        using (var file = new FileStream(first, FileMode.Open, FileAccess.Write))
        {
            file.Write("new"u8);
        }

        Assert.Equal("new", File.ReadAllText(second));
        FileLinks.Detach(first);
        File.WriteAllText(first, "own");
        Assert.Equal("new", File.ReadAllText(second));
        Assert.Throws<IOException>(() => FileLinks.LinkOrCopy(first, second));
    }

    [Theory]
    [InlineData("a/b.txt", true)]
    [InlineData("a/b.txt/", true)]
    [InlineData("a", false)]
    [InlineData("", false)]
    [InlineData("..", false)]
    [InlineData("../secret", false)]
    [InlineData("a/../../secret", false)]
    [InlineData("a//b.txt", false)]
    [InlineData("/a/b.txt", false)]
    [InlineData("a\\b.txt", false)]
    [InlineData("link", false)]
    [InlineData("folder/secret", false)]
    public void Raw_assets_stay_in_their_folder(string path, bool isFound)
    {
        var root = _folder.PathOf("assets");
        Directory.CreateDirectory(Path.Combine(root, "a"));
        File.WriteAllText(Path.Combine(root, "a", "b.txt"), "b");
        File.WriteAllText(_folder.PathOf("secret"), "s");
        File.CreateSymbolicLink(Path.Combine(root, "link"), _folder.PathOf("secret"));
        Directory.CreateSymbolicLink(Path.Combine(root, "folder"), _folder.Root);

        Assert.Equal(isFound, RawAssets.Find(root, path) is not null);
    }
}
