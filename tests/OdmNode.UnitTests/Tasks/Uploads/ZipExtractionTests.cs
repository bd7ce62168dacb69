using OdmNode.Core.Archives;
using OdmNode.Tasks.Uploads;
using OdmNode.Testing.Files;
using OdmNode.UnitTests.Core.Archives;

namespace OdmNode.UnitTests.Tasks.Uploads;

public sealed class ZipExtractionTests : IDisposable
{
    private static readonly ArchiveLimits Limits = new() { MaxBytes = 1 << 20 };
    private readonly TemporaryFolder _folder = new();

    private string Target => _folder.PathOf("target");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Photos_are_unpacked_without_folders_and_later_ones_win()
    {
        ExtractFlat(ArchiveFixture.Named("survey/", "survey/a.jpg", "other/a.jpg", "b.JPG", "..\\..\\deep\\c.jpg", "../../d.jpg", "日本.jpg"));

        Assert.Equal(["a.jpg", "b.JPG", "c.jpg", "d.jpg", "日本.jpg"], Names());
        Assert.Equal("other/a.jpg", File.ReadAllText(Path.Combine(Target, "a.jpg")));
        Assert.Equal(["archive.zip", "target"], Directory.EnumerateFileSystemEntries(_folder.Root).Select(path => Path.GetFileName(path)).Order());
    }

    [Fact]
    public void What_a_Macintosh_adds_and_archives_within_the_archive_are_left_out()
    {
        ExtractFlat(ArchiveFixture.Named("a.jpg", "__MACOSX/a.jpg", "x/__MACOSX/._a.jpg", "x/._b.jpg", "seed.zip", "x/zipurl.zip", "INNER.ZIP"));

        Assert.Equal(["a.jpg"], Names());
        Assert.Equal("a.jpg", File.ReadAllText(Path.Combine(Target, "a.jpg")));
    }

    [Fact]
    public void Names_follow_the_rules_of_uploads()
    {
        ExtractFlat(ArchiveFixture.Named("body.json", "x/..", "sp ace#é&.JPG"));

        Assert.Equal(["_..", "_body.json", "sp ace#é&.JPG"], Names());
        Assert.Equal(
            $"Could not extract .zip file, archive.zip: ENAMETOOLONG: name too long, open '{new string('x', 256)}'",
            Assert.Throws<InvalidDataException>(() => ExtractFlat(ArchiveFixture.Named(new string('x', 256)))).Message);
        Assert.Throws<InvalidDataException>(() => ExtractFlat(ArchiveFixture.Named("nul\0l.jpg")));
    }

    [Fact]
    public void A_seed_keeps_its_folders_and_touches_neither_the_console_nor_archives_among_the_photos()
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, "console.log"), "mine");

        ExtractSeed(ArchiveFixture.Named(
            "opensfm/x.txt", "images/seeded.jpg", "images/seed.zip", "./images/zipurl.ZIP",
            "console.log", "./console.log", "console.log.idx", "opensfm/console.log"));

        Assert.Equal("mine", File.ReadAllText(Path.Combine(Target, "console.log")));
        Assert.Equal(
            ["console.log", "images/seeded.jpg", "opensfm/console.log", "opensfm/x.txt"],
            Directory.EnumerateFiles(Target, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Target, path))
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("../escaped.txt")]
    [InlineData("images/../../escaped.txt")]
    public void A_seed_that_leads_outside_is_refused_in_the_words_of_the_protocol(string name)
    {
        Assert.Equal(
            $"Could not extract .zip file, archive.zip: The archive holds an entry outside its folder: {name}",
            Assert.Throws<InvalidDataException>(() => ExtractSeed(ArchiveFixture.Named(name))).Message);
        Assert.False(File.Exists(_folder.PathOf("escaped.txt")));
    }

    [Fact]
    public void A_page_that_is_no_archive_is_told_in_the_words_of_the_protocol() =>
        Assert.StartsWith(
            "Could not extract .zip file, archive.zip: The file is no zip archive",
            Assert.Throws<InvalidDataException>(() => ExtractFlat("<html>Not found</html>"u8.ToArray())).Message,
            StringComparison.Ordinal);

    private void ExtractFlat(byte[] zip) => ZipExtraction.ExtractFlat(Write(zip), Target, Limits, CancellationToken.None);

    private void ExtractSeed(byte[] zip) => ZipExtraction.ExtractSeed(Write(zip), Target, Limits, CancellationToken.None);

    private IEnumerable<string> Names() =>
        Directory.EnumerateFileSystemEntries(Target).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private string Write(byte[] zip)
    {
        var path = _folder.PathOf("archive.zip");
        File.WriteAllBytes(path, zip);
        return path;
    }
}
