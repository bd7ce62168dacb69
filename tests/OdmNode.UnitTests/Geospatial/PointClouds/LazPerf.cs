using System.Diagnostics;

namespace OdmNode.UnitTests.Geospatial.PointClouds;

/// <summary>Asks laz-perf, an independent reader, for the records of compressed files.</summary>
internal static class LazPerf
{
    public static byte[] Unpack(string path) => Run(path + ".records", "file", path, path + ".records");

    public static byte[] UnpackChunk(int format, int recordLength, int count, string path) =>
        Run(path + ".records", "chunk", $"{format}", $"{recordLength}", $"{count}", path, path + ".records");

    private static byte[] Run(string output, params string[] arguments)
    {
        string readers = Path.Combine(RepositoryRoot(), "tests", "readers");
        Assert.True(
            Directory.Exists(Path.Combine(readers, "node_modules", "laz-perf")),
            "The readers of point clouds are not installed: run build/readers.sh.");
        using Process process = Process.Start(new ProcessStartInfo("node", [Path.Combine(readers, "dump.js"), .. arguments])
        {
            RedirectStandardError = true,
        })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
        return File.ReadAllBytes(output);
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
