using System.Globalization;

namespace OdmNode.Verbs;

/// <summary>Lists result files with their sizes.</summary>
internal static class ResultListing
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    public static void Print(string folder, IReadOnlyList<string> files)
    {
        Console.WriteLine($"{files.Count} result files in {Path.GetFullPath(folder)}:");
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            Console.WriteLine($"  {Size(new FileInfo(file).Length),10}  {Path.GetRelativePath(folder, file)}");
        }
    }

    /// <summary>A size for people, such as <c>12.5 MiB</c>.</summary>
    public static string Size(long bytes)
    {
        var value = (double)bytes;
        var unit = 0;
        for (; value >= 1024 && unit < Units.Length - 1; unit++)
        {
            value /= 1024;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(unit == 0 ? value : Math.Round(value, 1)):0.#} {Units[unit]}");
    }
}
