using System.Globalization;
using System.Text.RegularExpressions;

namespace OdmNode.ConformanceTests;

/// <summary>A table of a protocol's behaviours in <c>docs</c>, and the names of tests that speak of them.</summary>
internal static class Checklist
{
    /// <summary>The rows of the table, in their order.</summary>
    /// <param name="letter">Before the number of each id.</param>
    /// <param name="document">A file in <c>docs</c>.</param>
    public static IReadOnlyList<(int Id, string State)> ReadRows(char letter, string document)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OdmNode.sln")))
        {
            folder = folder.Parent;
        }

        var root = folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
        return
        [
            .. File.ReadLines(Path.Combine(root, "docs", document))
                .Select(line => Regex.Match(line, $@"^\| {letter}-(\d+) \|.*\| (\w+) \|$"))
                .Where(match => match.Success)
                .Select(match => (int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), match.Groups[2].Value)),
        ];
    }

    /// <summary>The ids that a name begins with: <c>N59_N60_A_truncated_file…</c>.</summary>
    public static IEnumerable<int> IdsOf(char letter, string name) =>
        Regex.Match(name, $@"^(?:{letter}(\d+)_)+").Groups[1].Captures.Select(capture => int.Parse(capture.ValueSpan, CultureInfo.InvariantCulture));
}
