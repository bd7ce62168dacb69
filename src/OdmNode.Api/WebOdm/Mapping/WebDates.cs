using System.Globalization;

namespace OdmNode.Api.WebOdm.Mapping;

/// <summary>Times as clients parse them.</summary>
internal static class WebDates
{
    /// <summary>ISO 8601 in UTC with exactly six digits of a second's fraction.</summary>
    public static string ToWire(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
