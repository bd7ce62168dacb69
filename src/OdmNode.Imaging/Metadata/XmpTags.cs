using System.Globalization;
using System.Text.RegularExpressions;
using MetadataExtractor.Formats.Xmp;
using XmpCore;

namespace OdmNode.Imaging.Metadata;

/// <summary>The XMP properties of one photo by path, such as <c>drone-dji:RelativeAltitude</c>; the first of a path wins.</summary>
internal sealed partial class XmpTags
{
    private readonly Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);

    public XmpTags(IEnumerable<XmpDirectory> directories)
    {
        foreach (IXmpMeta? meta in directories.Select(directory => directory.XmpMeta))
        {
            foreach (IXmpPropertyInfo property in meta?.Properties ?? [])
            {
                if (!string.IsNullOrEmpty(property.Path) && !string.IsNullOrWhiteSpace(property.Value))
                {
                    values.TryAdd(RegistrySuffix().Replace(property.Path, ""), property.Value.Trim());
                }
            }
        }
    }

    public string? Text(string path) => values.GetValueOrDefault(path);

    /// <summary>The first of the paths that holds a finite number, with or without a sign, or a fraction such as 3/10.</summary>
    public double? Number(params ReadOnlySpan<string> paths)
    {
        foreach (string path in paths)
        {
            if (Text(path) is { } text && Parse(text) is { } value)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The number at the start of a text such as <c>4.5 mm f/2.8</c>.</summary>
    public double? LeadingNumber(string path)
    {
        string text = Text(path) ?? "";
        int length = 0;
        while (length < text.Length && (char.IsAsciiDigit(text[length]) || text[length] == '.'))
        {
            length++;
        }

        return Parse(text[..length]);
    }

    // Makers spell one namespace in two ways (with and without a last slash). XmpCore keeps prefixes for the whole
    // process and calls the second spelling that it meets Camera_1_, whichever photo came first.
    [GeneratedRegex("_[0-9]+_(?=:)")]
    private static partial Regex RegistrySuffix();

    private static double? Parse(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0)
        {
            return Parse(text[..slash]) is { } numerator && Parse(text[(slash + 1)..]) is { } denominator && denominator != 0
                ? numerator / denominator
                : null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : null;
    }
}
