using System.Globalization;
using OdmNode.Core.Errors;
using OdmNode.Geometry.Geodesy;

namespace OdmNode.Engine.Inputs;

/// <summary>ODM's gcp_list.txt: a coordinate system, then <c>x y z column row image [name]</c> for every mark.</summary>
internal static class GroundControlFile
{
    private const int FewestMarks = 3;

    /// <summary>Reads the points that photos of the survey show.</summary>
    /// <param name="path">File.</param>
    /// <param name="images">File names of the photos.</param>
    /// <param name="warn">Takes what is odd, a sentence each.</param>
    /// <returns>In the order of the file. Lines with the same three numbers are one point.</returns>
    /// <exception cref="OdmException">BadInput: a line is damaged, or no mark lies in a photo of the survey.</exception>
    public static IReadOnlyList<SurveyedPoint> Read(string path, IReadOnlySet<string> images, Action<string> warn)
    {
        using CoordinateLines lines = CoordinateLines.Read(path);
        var points = new List<SurveyedPoint>();
        foreach (IGrouping<string, (int Number, string[] Words)> same in lines.Lines.GroupBy(line => Identity(lines.File, line.Number, line.Words)))
        {
            List<(int Number, string[] Words)> inSurvey = [.. same.Where(line => images.Contains(line.Words[5]))];
            if (inSurvey.Count == 0)
            {
                continue;
            }

            string[] words = inSurvey[0].Words;
            GeodeticPosition place = lines.Place(
                CoordinateLines.Number(words, 0), CoordinateLines.Number(words, 1), CoordinateLines.Number(words, 2));
            string name = string.Join(' ', words.Skip(6));
            points.Add(new SurveyedPoint
            {
                Name = Unique(name.Length > 0 ? name : string.Create(CultureInfo.InvariantCulture, $"GCP-{points.Count + 1}"), points),
                Latitude = place.LatitudeDegrees,
                Longitude = place.LongitudeDegrees,
                Height = place.HeightMetres,
                Marks =
                [
                    .. inSurvey.Select(line => new SurveyedMark(
                        line.Words[5], CoordinateLines.Number(line.Words, 3), CoordinateLines.Number(line.Words, 4))),
                ],
            });
        }

        if (points.Count == 0)
        {
            throw new OdmException(
                ErrorKind.BadInput, $"No line of {lines.File} names a photo of the survey; capitals count, as in {images.Order(StringComparer.Ordinal).First()}.");
        }

        foreach (SurveyedPoint point in points.Where(point => point.Marks.Count < FewestMarks))
        {
            warn($"{point.Name} is marked in {point.Marks.Count} photos only; three or more make it count.");
        }

        return points;
    }

    /// <summary>The three numbers of a point as they are written, after a look at the whole line.</summary>
    private static string Identity(string file, int number, string[] words)
    {
        for (int i = 0; i < 5; i++)
        {
            if (!double.IsFinite(CoordinateLines.Number(words, i)))
            {
                throw new OdmException(
                    ErrorKind.BadInput,
                    string.Create(CultureInfo.InvariantCulture, $"Line {number} of {file} is not 'x y z column row image [name]' with five numbers."));
            }
        }

        return words.Length > 5
            ? string.Join(' ', words[..3])
            : throw new OdmException(
                ErrorKind.BadInput, string.Create(CultureInfo.InvariantCulture, $"Line {number} of {file} does not name a photo."));
    }

    private static string Unique(string name, List<SurveyedPoint> points)
    {
        string unique = name;
        for (int i = 2; points.Exists(point => point.Name == unique); i++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{name} ({i})");
        }

        return unique;
    }
}
