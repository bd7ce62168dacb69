using System.Globalization;
using System.Text;

namespace OdmNode.Imaging.Metadata;

/// <summary>The id under which photos of one lens are calibrated together, as ODM's cameras.json writes it.</summary>
/// <remarks>
/// Words, lower case: make, model, width, height, projection, focal; for example
/// <c>dji fc300s 4000 2250 brown 0.5555</c>. shots.geojson puts <c>v2 </c> before it.
/// </remarks>
public static class CameraKey
{
    /// <summary>Focal ratio assumed when nothing in the photo gives one.</summary>
    public const double DefaultFocalRatio = 0.85;

    private const int FocalCharacters = 6;

    /// <summary>The id of the camera that took a photo.</summary>
    /// <param name="photo">Gives all but the projection.</param>
    /// <param name="projection">ODM's name of the lens model.</param>
    public static string Of(PhotoMetadata photo, string projection)
    {
        ArgumentNullException.ThrowIfNull(photo);
        string make = Words(photo.Make, "unknown");
        string model = Words(photo.Model, "unknown");
        // Some makers repeat their name in the model.
        string maker = (model == make && photo.Make is not null) || model.StartsWith(make + " ", StringComparison.Ordinal) ? model : $"{make} {model}";
        string focal = (photo.FocalRatio ?? DefaultFocalRatio).ToString("0.0##############", CultureInfo.InvariantCulture);
        string cut = focal.Length > FocalCharacters ? focal[..FocalCharacters] : focal;
        return string.Create(CultureInfo.InvariantCulture, $"{maker} {photo.Width} {photo.Height} {projection} {cut}");
    }

    /// <summary>Lower case, single spaces, no control characters.</summary>
    internal static string Words(string? text, string absent)
    {
        var words = new StringBuilder();
        foreach (char c in text ?? "")
        {
            bool gap = char.IsWhiteSpace(c) || char.IsControl(c);
            if (!gap)
            {
                words.Append(char.ToLowerInvariant(c));
            }
            else if (words.Length > 0 && words[^1] != ' ')
            {
                words.Append(' ');
            }
        }

        string result = words.ToString().TrimEnd();
        return result.Length == 0 ? absent : result;
    }
}
