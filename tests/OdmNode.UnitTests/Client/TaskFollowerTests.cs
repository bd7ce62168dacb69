using System.IO.Compression;
using OdmNode.Client;
using OdmNode.Client.Transfers;
using OdmNode.Testing.Files;

namespace OdmNode.UnitTests.Client;

public sealed class TaskFollowerTests
{
    [Theory]
    [InlineData("[INFO]    Running dataset stage", "dataset")]
    [InlineData("[INFO]    Running extract-features (opensfm): 12 units", "extract-features")]
    [InlineData("[INFO]    running gdalwarp -t_srs x", null)]
    [InlineData("Running /code/opensfm/bin", null)]
    [InlineData("", null)]
    public void The_stage_is_read_from_the_console(string line, string? stage) => Assert.Equal(stage, TaskFollower.StageOf(line));

    [Fact]
    public void An_archive_with_an_entry_outside_its_folder_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("all.zip");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            archive.CreateEntry("good/a.txt");
            archive.CreateEntry("../bad.txt");
        }

        Assert.Throws<InvalidDataException>(() => ResultArchive.Extract(path, folder.PathOf("out"), CancellationToken.None));
        Assert.False(File.Exists(folder.PathOf("bad.txt")));
    }
}
