using System.Globalization;
using System.Text.RegularExpressions;
using OdmNode.Core.Errors;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geospatial.Gdal;

namespace OdmNode.Engine.Inputs;

/// <summary>ODM's lists of places: a coordinate system in the first line, then lines of words. Comments begin with #.</summary>
internal sealed partial class CoordinateLines : IDisposable
{
    private readonly GeodeticTransform transform;

    private CoordinateLines(string file, GeodeticTransform transform, IReadOnlyList<(int Number, string[] Words)> lines)
    {
        (File, this.transform, Lines) = (file, transform, lines);
    }

    /// <summary>Name of the file, for what is said about it.</summary>
    public string File { get; }

    /// <summary>The lines after the first that hold words, with their numbers from 1.</summary>
    public IReadOnlyList<(int Number, string[] Words)> Lines { get; }

    /// <exception cref="OdmException">BadInput: the first line names no coordinate system.</exception>
    public static CoordinateLines Read(string path)
    {
        string file = Path.GetFileName(path);
        string? header = null;
        var lines = new List<(int Number, string[] Words)>();
        int number = 0;
        foreach (string raw in System.IO.File.ReadLines(path))
        {
            number++;
            string line = raw.Trim().Trim('\uFEFF');
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (header is null)
            {
                header = line;
            }
            else
            {
                lines.Add((number, line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
            }
        }

        return header is null
            ? throw new OdmException(ErrorKind.BadInput, $"{file} is empty; its first line is a coordinate system such as EPSG:32633.")
            : new CoordinateLines(file, new GeodeticTransform(Definition(header)), lines);
    }

    /// <summary>A number of a line; NaN where the word is none.</summary>
    public static double Number(string[] words, int index) =>
        index < words.Length && double.TryParse(words[index], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;

    public GeodeticPosition Place(double x, double y, double height) => transform.ToGeodetic(x, y, height);

    public void Dispose() => transform.Dispose();

    private static string Definition(string header)
    {
        Match utm = UtmHeader().Match(header);
        return utm.Success
            ? string.Create(CultureInfo.InvariantCulture, $"EPSG:{new UtmZone(int.Parse(utm.Groups[1].Value, CultureInfo.InvariantCulture), utm.Groups[2].Value is "N" or "n").EpsgCode}")
            : header;
    }

    [GeneratedRegex("^WGS84 +UTM +([0-9]{1,2}) *([NS])$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UtmHeader();
}
