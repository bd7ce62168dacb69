using System.Diagnostics;
using System.IO.Compression;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

/// <summary>The bytes of <c>all.zip</c>: what Python's and Go's standard readers understand.</summary>
public sealed class ZipFormatTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private const int Thousands = 66;

    private readonly NodeProcess _node = shared.Node;

    [Fact]
    public async Task N155_Entries_are_stored_or_deflated_with_plain_relative_names()
    {
        var uuid = await _node.CreateAsync("fill50000,sparse1M,write:odm_texturing/grün-日本.png");
        await _node.WaitForEndAsync(uuid);
        var entries = ZipDirectory.Read(_node.PathOf(uuid, "all.zip"), out var isZip64);

        Assert.False(isZip64);
        Assert.Equal(
            [
                "cameras.json", "odm_orthophoto/odm_orthophoto.tif", "odm_report/fill.bin", "odm_report/sparse.dat", "odm_report/stats.json",
                "odm_texturing/grün-日本.png", "task_output.txt",
            ],
            entries.Select(entry => entry.Name).Order(StringComparer.Ordinal));
        Assert.All(entries, entry =>
        {
            Assert.True(entry.Method is 0 or 8, $"{entry.Name} has the method {entry.Method}.");
            Assert.False(entry.IsEncrypted);
            Assert.True(entry.IsUtf8 || entry.Name.All(char.IsAscii), $"{entry.Name} is not marked as UTF-8.");
            Assert.DoesNotContain("..", entry.Name.Split('/'));
            Assert.False(entry.Name.StartsWith('/') || entry.Name.Contains('\\', StringComparison.Ordinal));
        });
        AssertPythonReads(_node.PathOf(uuid, "all.zip"), "z.testzip(), len(z.infolist())", $"None {entries.Count}\n");
    }

    [Fact]
    public async Task N155_More_entries_than_16_bits_count_make_a_zip64_archive()
    {
        var uuid = await _node.CreateWithAsync(("options", NodeCalls.Mode($"thousands{Thousands}")), ("outputs", """["many"]"""));
        await _node.WaitForEndAsync(uuid);
        var path = _node.PathOf(uuid, "all.zip");
        var entries = ZipDirectory.Read(path, out var isZip64);

        Assert.True(isZip64);
        Assert.Equal((Thousands * 1000) + 1, entries.Count);
        Assert.Equal((Thousands * 1000) + 1, entries.Select(entry => entry.Name).Distinct().Count());
        using var archive = ZipFile.OpenRead(path);
        Assert.Equal((Thousands * 1000) + 1, archive.Entries.Count);
        AssertPythonReads(path, "len(z.infolist())", $"{(Thousands * 1000) + 1}\n");
        await _node.SucceedAsync("remove", uuid);
    }

    /// <summary>Asks Python's own reader; a machine without Python has the other readers of these tests.</summary>
    private static void AssertPythonReads(string path, string question, string expected)
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':').Any(folder => File.Exists(Path.Combine(folder, "python3"))))
        {
            return;
        }

        var program = $"import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print({question})";
        using var python = Process.Start(new ProcessStartInfo("python3", ["-c", program, path]) { RedirectStandardOutput = true })!;
        Assert.Equal(expected, python.StandardOutput.ReadToEnd());
        python.WaitForExit();
    }
}
