using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OdmNode.WebOdm.Files;

/// <summary>The marks of a control-point file (<c>gcp_list.txt</c>): after a line with the CRS, lines of x, y, z, column, row, photo.</summary>
internal static partial class ControlPointMarks
{
    /// <summary>Moves the marks in photos that were scaled.</summary>
    /// <param name="text">The file.</param>
    /// <param name="ratios">By name of the photo, whose case does not matter: its size now for one of its size before.</param>
    /// <returns>The file with other columns and rows, all else as it was; null for a file that is none of control points.</returns>
    public static string? Scale(string text, IReadOnlyDictionary<string, double> ratios)
    {
        var result = new StringBuilder(text.Length);
        var lines = text.Split('\n');
        for (var number = 0; number < lines.Length; number++)
        {
            var line = lines[number];
            result.Append(number > 0 ? "\n" : string.Empty);
            if (number == 0 || line.Trim().Length == 0 || line.TrimStart().StartsWith('#'))
            {
                result.Append(line);
                continue;
            }

            var parts = MarkPattern().Match(line);
            if (!parts.Success || Number(parts.Groups["column"]) is not { } column || Number(parts.Groups["row"]) is not { } row)
            {
                return null;
            }

            _ = ratios.TryGetValue(parts.Groups["photo"].Value, out var ratio)
                ? result.Append(parts.Groups["place"].Value).Append(Text(column * ratio)).Append(parts.Groups["gap"].Value).Append(Text(row * ratio))
                    .Append(line, parts.Groups["row"].Index + parts.Groups["row"].Length, line.Length - parts.Groups["row"].Index - parts.Groups["row"].Length)
                : result.Append(line);
        }

        return result.ToString();
    }

    private static double? Number(Group group) =>
        double.TryParse(group.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static string Text(double pixels) => Math.Round(pixels, 3).ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<place>\s*(?:\S+\s+){3})(?<column>\S+)(?<gap>\s+)(?<row>\S+)\s+(?<photo>\S+)")]
    private static partial Regex MarkPattern();
}
