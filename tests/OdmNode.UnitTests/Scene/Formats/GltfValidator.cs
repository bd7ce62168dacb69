using System.Diagnostics;

namespace OdmNode.UnitTests.Scene.Formats;

/// <summary>Asks the validator of the Khronos Group about a binary glTF file.</summary>
internal static class GltfValidator
{
    /// <returns>Triangles, vertices and materials that it found.</returns>
    public static (int Triangles, int Vertices, int Materials) Check(string path)
    {
        string readers = Path.Combine(RepositoryRoot(), "tests", "readers");
        Assert.True(
            Directory.Exists(Path.Combine(readers, "node_modules", "gltf-validator")),
            "The validator of models is not installed: run build/readers.sh.");
        using Process process = Process.Start(new ProcessStartInfo("node", [Path.Combine(readers, "validate.js"), path])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        string counts = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
        int[] numbers = [.. counts.Split(' ').Select(int.Parse)];
        return (numbers[0], numbers[1], numbers[2]);
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
