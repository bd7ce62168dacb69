using System.Globalization;
using System.Text.Json;
using OdmNode.WebOdm.Files;

namespace OdmNode.Api.WebOdm.Binding;

/// <summary>The fields that come with a piece of a file.</summary>
internal static class PieceFields
{
    private const int MaxPieces = 1_000_000;

    /// <summary>1 TiB: beyond it, file systems refuse, and no photo comes near.</summary>
    private const long MaxOffset = 1L << 40;

    /// <summary>Their names in the protocol.</summary>
    public static readonly IReadOnlySet<string> Names =
        new HashSet<string>(StringComparer.Ordinal) { "dzuuid", "dzchunkindex", "dztotalchunkcount", "dzchunkbyteoffset" };

    /// <returns>Null when the file comes whole.</returns>
    /// <exception cref="WebOdmRefusalException">A number cannot be read or fits to nothing.</exception>
    public static FilePiece? Read(FieldReader reader)
    {
        var upload = new string([.. Text(reader, "dzuuid").Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')]);
        if (upload.Length == 0 || Text(reader, "dzchunkindex").Length == 0 || Text(reader, "dztotalchunkcount").Length == 0)
        {
            return null;
        }

        var (index, count, offset) = (Number(reader, "dzchunkindex"), Number(reader, "dztotalchunkcount"), Number(reader, "dzchunkbyteoffset"));
        return count is >= 1 and <= MaxPieces && index < count && offset <= MaxOffset && upload.Length <= 100
            ? new FilePiece(upload, (int)index, (int)count, offset)
            : throw WebOdmRefusalException.List(WebOdmTexts.BadPieceIndex);
    }

    private static string Text(FieldReader reader, string name) => reader.Given(name) is not { } value ? string.Empty
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : value.GetRawText();

    private static long Number(FieldReader reader, string name) =>
        long.TryParse(Text(reader, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw WebOdmRefusalException.List(WebOdmTexts.BadPieceIndex);
}
