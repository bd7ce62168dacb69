using System.Text.RegularExpressions;

namespace OdmNode.Tasks.Engines;

/// <summary>Reads the name of a stage out of the console line with which ODM begins it: <c>Running opensfm stage</c>.</summary>
internal static partial class StageLine
{
    /// <returns>The stage; null for any other line.</returns>
    public static string? Parse(string line) =>
        line.Contains("Running ", StringComparison.Ordinal) && Pattern().Match(line) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"^(?:\[INFO\]\s+)?Running (\w{1,64}) stage$")]
    private static partial Regex Pattern();
}
