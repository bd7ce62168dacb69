using System.Globalization;
using OdmNode.Core.Errors;
using OdmNode.Geometry.Geodesy;
using OdmNode.Imaging.Metadata;

namespace OdmNode.Engine.Inputs;

/// <summary>
/// ODM's geo.txt: a coordinate system, then <c>image x y [z] [yaw pitch roll] [horizontal accuracy] [vertical accuracy]</c>. What it says
/// of a photo replaces what the photo itself says.
/// </summary>
internal static class PositionFile
{
    /// <summary>Metadata with the places of the file; photos that it does not name stay as they are.</summary>
    /// <exception cref="OdmException">BadInput: a line is damaged.</exception>
    public static IReadOnlyDictionary<string, Func<PhotoMetadata, PhotoMetadata>> Read(string path)
    {
        using CoordinateLines lines = CoordinateLines.Read(path);
        var changes = new Dictionary<string, Func<PhotoMetadata, PhotoMetadata>>(StringComparer.Ordinal);
        foreach ((int number, string[] words) in lines.Lines)
        {
            (double x, double y) = (CoordinateLines.Number(words, 1), CoordinateLines.Number(words, 2));
            if (!double.IsFinite(x) || !double.IsFinite(y))
            {
                throw new OdmException(
                    ErrorKind.BadInput,
                    string.Create(CultureInfo.InvariantCulture, $"Line {number} of {lines.File} is not 'image x y [z] ...' with two or more numbers."));
            }

            GeodeticPosition place = lines.Place(x, y, 0);
            double? Value(int index) => CoordinateLines.Number(words, index) is var value && double.IsFinite(value) ? value : null;
            changes[words[0]] = metadata => metadata with
            {
                Latitude = place.LatitudeDegrees,
                Longitude = place.LongitudeDegrees,
                Altitude = Value(3),
                Yaw = Value(4) ?? metadata.Yaw,
                Pitch = Value(5) ?? metadata.Pitch,
                Roll = Value(6) ?? metadata.Roll,
                HorizontalAccuracy = Value(7),
                VerticalAccuracy = Value(8),
            };
        }

        return changes;
    }
}
