using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace OdmNode.UnitTests.Geospatial.PointClouds;

/// <summary>Asks laz-perf, an independent reader, for the records of compressed files.</summary>
internal static class LazPerf
{
    public static byte[] Unpack(string path) => Run(path + ".records", "file", path, path + ".records");

    public static byte[] UnpackChunk(int format, int recordLength, int count, string path) =>
        Run(path + ".records", "chunk", $"{format}", $"{recordLength}", $"{count}", path, path + ".records");

    /// <summary>Reads a tiled cloud, and what it says of itself.</summary>
    /// <param name="kind">ept or copc.</param>
    /// <param name="path">Folder or file.</param>
    /// <param name="output">Receives the nodes.</param>
    public static JsonElement ReadTree(string kind, string path, string output) =>
        JsonDocument.Parse(Start("tree.js", kind, path, output)).RootElement;

    private static byte[] Run(string output, params string[] arguments)
    {
        Start("dump.js", arguments);
        return File.ReadAllBytes(output);
    }

    private static string Start(string script, params string[] arguments)
    {
        string readers = Path.Combine(RepositoryRoot(), "tests", "readers");
        Assert.True(
            Directory.Exists(Path.Combine(readers, "node_modules", "laz-perf")),
            "The readers of point clouds are not installed: run build/readers.sh.");
        using Process process = Process.Start(new ProcessStartInfo("node", [Path.Combine(readers, script), .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.ToString());
        return text;
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OdmNode.sln")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}
