using System.IO.Compression;
using OdmNode.Core.Archives;
using OdmNode.Testing.Files;
using static OdmNode.UnitTests.Core.Archives.ArchiveFixture;

namespace OdmNode.UnitTests.Core.Archives;

public sealed class SafeArchiveTests : IDisposable
{
    private const int Link = 0xA1FF;
    private const int Device = 0x21B6;
    private static readonly ArchiveLimits Limits = new() { MaxBytes = 1 << 22 };

    private readonly TemporaryFolder _folder = new();

    private string Target => _folder.PathOf("target");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void What_was_packed_is_unpacked(CompressionLevel level)
    {
        var random = new Random(1);
        int[] lengths = [0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 511, 512, 513, 131071, 131072, 131073, 1 << 20];
        var entries = lengths.Select(length =>
        {
            var content = new byte[length];
            random.NextBytes(content.AsSpan(0, length / 2));
            return ($"folder {length}/ü/{length}.bin", content);
        }).ToArray();

        var files = Extract(Zip(level, entries));

        Assert.Equal(entries.Select(entry => Path.Combine(Target, entry.Item1)), files);
        Assert.All(entries, entry => Assert.Equal(entry.content, File.ReadAllBytes(Path.Combine(Target, entry.Item1))));
    }

    [Fact]
    public void Later_entries_and_archives_overwrite_earlier_ones_and_times_are_kept()
    {
        Extract(Zip(("a", "a long first text"u8.ToArray())));
        var files = Extract(Zip(("a", "second"u8.ToArray()), ("./a", "third"u8.ToArray())));

        Assert.Equal("third", File.ReadAllText(Assert.Single(files)));
        Assert.Equal(Time, File.GetLastWriteTime(files.Single()));
    }

    [Theory]
    [InlineData("../escaped")]
    [InlineData("a/../../escaped")]
    [InlineData("a/../b")]
    [InlineData("..\\escaped")]
    [InlineData("/escaped")]
    [InlineData("\\escaped")]
    [InlineData("..")]
    public void An_entry_outside_the_target_refuses_the_archive_before_anything_is_written(string name)
    {
        var failure = Assert.Throws<InvalidDataException>(() => Extract(Named("good", name)));

        Assert.Contains("outside its folder", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target));
        Assert.False(File.Exists(_folder.PathOf("escaped")));
    }

    [Theory]
    [InlineData("nul\0l.jpg", "control characters")]
    [InlineData("two\nlines", "control characters")]
    [InlineData("esc\u001b[31m", "control characters")]
    public void A_name_that_cannot_be_told_refuses_the_archive(string name, string reason)
    {
        var failure = Assert.Throws<InvalidDataException>(() => Extract(Named(name)));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(failure.Message, char.IsControl);
    }

    [Fact]
    public void Names_too_long_or_too_deep_for_the_file_system_refuse_the_archive()
    {
        Assert.Contains("too long", Assert.Throws<InvalidDataException>(() => Extract(Named(new string('ü', 128)))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => Extract(Named(string.Concat(Enumerable.Repeat("d/", 65)) + "f")));
        Assert.Throws<InvalidDataException>(() => Extract(Named(string.Concat(Enumerable.Repeat(new string('d', 200) + "/", 20)) + "f")));
    }

    [Theory]
    [InlineData(Link)]
    [InlineData(Device)]
    public void Links_and_devices_are_left_out(int mode)
    {
        Assert.Empty(Extract(WithMode("entry", mode, "/etc/passwd")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Target));
    }

    [Fact]
    public void Links_that_lie_in_the_target_are_not_followed()
    {
        var outside = Directory.CreateDirectory(_folder.PathOf("outside")).FullName;
        File.WriteAllText(Path.Combine(outside, "file"), "untouched");
        Directory.CreateDirectory(Target);
        Directory.CreateSymbolicLink(Path.Combine(Target, "folder"), outside);
        File.CreateSymbolicLink(Path.Combine(Target, "link"), Path.Combine(outside, "file"));
        Directory.CreateSymbolicLink(Path.Combine(Target, "other"), outside);

        Assert.Throws<InvalidDataException>(() => Extract(Named("folder/file")));
        Extract(Named("link", "other"));

        Assert.Equal("untouched", File.ReadAllText(Path.Combine(outside, "file")));
        Assert.Equal("link", File.ReadAllText(Path.Combine(Target, "link")));
        Assert.Equal("other", File.ReadAllText(Path.Combine(Target, "other")));
    }

    [Theory]
    [InlineData("a", "a/b")]
    [InlineData("a/b", "a")]
    [InlineData("a/", "a")]
    public void A_file_and_a_folder_of_one_name_are_told_and_do_not_crash(string first, string second)
    {
        var failure = Assert.Throws<InvalidDataException>(() => Extract(Named(first, second)));

        Assert.Contains("both a file and a folder", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_is_refused_before_anything_is_written()
    {
        var bomb = Zip(("zeros", new byte[Limits.MaxBytes + 1]));

        var failure = Assert.Throws<InvalidDataException>(() => Extract(bomb));

        Assert.Contains($"more than the {Limits.MaxBytes} bytes", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(0)]
    [InlineData((1 << 22) - 1)]
    public void A_header_that_lies_does_not_get_a_bomb_past_the_limit(int announced)
    {
        var bomb = Announcing(Zip(("zeros", new byte[20 << 20])), announced);

        Assert.Throws<InvalidDataException>(() => Extract(bomb));

        Assert.Empty(Directory.EnumerateFileSystemEntries(Target));
    }

    [Fact]
    public void A_header_that_announces_more_than_there_is_is_found_out()
    {
        var failure = Assert.Throws<InvalidDataException>(() => Extract(Announcing(Named("short"), 100)));

        Assert.Contains("damaged", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Target));
    }

    [Fact]
    public void A_ratio_that_no_survey_has_is_refused_above_a_free_amount()
    {
        var zeros = Zip(CompressionLevel.SmallestSize, ("a", new byte[1 << 20]), ("b", new byte[1 << 20]));

        Assert.Equal(2, Extract(zeros, Limits with { FreeBytes = 1 << 21 }).Count);
        var failure = Assert.Throws<InvalidDataException>(() => Extract(zeros, Limits with { FreeBytes = (1 << 21) - 1 }));
        Assert.Contains("200 times its size", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_entries_are_refused_folders_made_on_the_way_included()
    {
        var ten = Named([.. Enumerable.Range(0, 10).Select(i => $"{i}")]);

        Assert.Equal(10, Extract(ten, Limits with { MaxEntries = 10 }).Count);
        Assert.Throws<InvalidDataException>(() => Extract(ten, Limits with { MaxEntries = 9 }));
        Assert.Throws<InvalidDataException>(() => Extract(Named("a/b/c/d/e"), Limits with { MaxEntries = 4 }));
    }

    [Fact]
    public void More_entries_than_the_small_directory_can_tell_of_are_counted()
    {
        var many = Named([.. Enumerable.Range(0, 70_000).Select(i => $"{i}")]);

        Assert.Empty(Extract(many, Limits with { MaxEntries = 70_000 }, _ => null));
        var failure = Assert.Throws<InvalidDataException>(() => Extract(many, Limits with { MaxEntries = 69_999 }, _ => null));
        Assert.Contains("more than 69999 entries", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_encrypted_archive_is_refused()
    {
        var failure = Assert.Throws<InvalidDataException>(() => Extract(Encrypted(Named("secret.jpg"))));

        Assert.Contains("encrypted", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Content_that_changed_on_the_way_is_noticed_and_not_left_behind()
    {
        var zip = Zip(CompressionLevel.NoCompression, ("photo.jpg", new byte[1000]));
        zip[500] ^= 1;

        var failure = Assert.Throws<InvalidDataException>(() => Extract(zip));

        Assert.Contains("photo.jpg", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Target));
    }

    [Fact]
    public void An_archive_that_is_cut_off_anywhere_is_damaged()
    {
        var zip = Named("a.jpg", "folder/b.jpg", "c.jpg");
        for (var length = 0; length < zip.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Extract(zip[..length]));
        }
    }

    [Fact]
    public void Whatever_bits_are_flipped_an_archive_is_unpacked_or_refused()
    {
        var zip = Named("a.jpg", "folder/b.jpg", "c.jpg");
        var random = new Random(2);
        for (var i = 0; i < 400; i++)
        {
            var damaged = (byte[])zip.Clone();
            for (var flips = random.Next(1, 4); flips > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            var failure = Record.Exception(() => Extract(damaged));
            Assert.True(failure is null or InvalidDataException, $"round {i}: {failure}");
        }

        Assert.Equal(["archive.zip", "target"], Directory.EnumerateFileSystemEntries(_folder.Root).Select(path => Path.GetFileName(path)).Order());
    }

    [Fact]
    public void The_caller_chooses_places_and_what_is_left_out()
    {
        Extract(Named("keep/a.jpg", "drop/b.jpg"), Limits, entry => entry.StartsWith("keep", StringComparison.Ordinal) ? "moved/" + entry[5..] : null);

        Assert.Equal("keep/a.jpg", File.ReadAllText(Path.Combine(Target, "moved", "a.jpg")));
        Assert.Single(Directory.EnumerateFileSystemEntries(Target));
        Assert.Throws<InvalidDataException>(() => Extract(Named("a"), Limits, entry => "../" + entry));
    }

    [Fact]
    public void Cancelling_stops_with_the_given_token()
    {
        using var source = new CancellationTokenSource();
        File.WriteAllBytes(_folder.PathOf("archive.zip"), Named("a", "b"));

        var failure = Assert.Throws<OperationCanceledException>(() => SafeArchive.Extract(
            _folder.PathOf("archive.zip"),
            Target,
            Limits,
            entry =>
            {
                source.Cancel();
                return entry;
            },
            source.Token));

        Assert.Equal(source.Token, failure.CancellationToken);
        Assert.False(File.Exists(Path.Combine(Target, "b")));
    }

    private IReadOnlyCollection<string> Extract(byte[] zip, ArchiveLimits? limits = null, Func<string, string?>? place = null)
    {
        var path = _folder.PathOf("archive.zip");
        File.WriteAllBytes(path, zip);
        return place is null
            ? SafeArchive.Extract(path, Target, limits ?? Limits, CancellationToken.None)
            : SafeArchive.Extract(path, Target, limits ?? Limits, place, CancellationToken.None);
    }
}
