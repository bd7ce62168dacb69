using System.IO.Compression;
using OdmNode.Client.Transfers;
using OdmNode.Testing.Files;

namespace OdmNode.UnitTests.Client.Transfers;

public sealed class ResultArchiveTests
{
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
