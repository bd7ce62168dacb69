using System.Globalization;
using System.Text.Json;

namespace OdmNode.Api.WebOdm.Binding;

/// <summary>Reads and checks fields one by one and collects what is wrong with them, so that a client learns all of it at once.</summary>
internal sealed class FieldReader(BodyFields body)
{
    private static readonly string[] TrueWords = ["t", "true", "y", "yes", "on", "1"];
    private static readonly string[] FalseWords = ["f", "false", "n", "no", "off", "0"];

    private readonly Dictionary<string, List<string>> _errors = new(StringComparer.Ordinal);

    /// <summary>True when the field is there, whatever its value.</summary>
    public bool Has(string name) => body.Values.ContainsKey(name);

    /// <summary>True when the field is there and null.</summary>
    public bool IsNull(string name) => body.Values.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Null;

    /// <summary>The value of a field that is neither absent, nor null, nor an empty text; null otherwise.</summary>
    public JsonElement? Given(string name) =>
        body.Values.TryGetValue(name, out var value)
        && value.ValueKind != JsonValueKind.Null
        && !(value.ValueKind == JsonValueKind.String && value.ValueEquals(string.Empty))
            ? value
            : null;

    /// <summary>Records what is wrong with a field.</summary>
    public void Refuse(string name, string text)
    {
        if (!_errors.TryGetValue(name, out var errors))
        {
            _errors[name] = errors = [];
        }

        errors.Add(text);
    }

    /// <summary>Ends the request when anything was wrong.</summary>
    /// <exception cref="WebOdmRefusalException">There were errors.</exception>
    public void ThrowIfInvalid()
    {
        if (_errors.Count > 0)
        {
            throw new WebOdmRefusalException(WebOdmAnswers.Fields(_errors));
        }
    }

    /// <summary>A text.</summary>
    /// <param name="name">The field.</param>
    /// <param name="isRequired">True when the field must be there.</param>
    /// <param name="mayBeBlank">True when it may be empty.</param>
    /// <param name="most">Most characters.</param>
    /// <param name="trim">True to cut white space at both ends.</param>
    /// <returns>Null when it is absent or wrong.</returns>
    public string? Text(string name, bool isRequired = false, bool mayBeBlank = true, int most = int.MaxValue, bool trim = true)
    {
        if (!body.Values.TryGetValue(name, out var value))
        {
            if (isRequired)
            {
                Refuse(name, WebOdmTexts.Required);
            }

            return null;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        var problem = value.ValueKind == JsonValueKind.Null ? WebOdmTexts.Null
            : text is null ? WebOdmTexts.BadText
            : (trim ? text = text.Trim() : text).Length == 0 && !mayBeBlank ? WebOdmTexts.Blank
            : text.Contains('\0', StringComparison.Ordinal) ? WebOdmTexts.NullCharacters
            : text.EnumerateRunes().Count() > most ? WebOdmTexts.TooLong(most)
            : null;
        if (problem is null)
        {
            return text;
        }

        Refuse(name, problem);
        return null;
    }

    /// <summary>A truth value in any of the words for it.</summary>
    /// <returns>Null when it is absent, empty in a form, or wrong.</returns>
    public bool? Boolean(string name)
    {
        if (!body.Values.TryGetValue(name, out var value) || (body.IsForm && value.ValueEquals(string.Empty)))
        {
            return null;
        }

        var word = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (TrueWords.Contains(word, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        if (FalseWords.Contains(word, StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }

        Refuse(name, value.ValueKind == JsonValueKind.Null ? WebOdmTexts.Null : WebOdmTexts.BadBoolean);
        return null;
    }

    /// <summary>A whole number; a fraction of zero does no harm.</summary>
    /// <returns>Null when it is absent or wrong.</returns>
    public long? Integer(string name, bool isRequired = false)
    {
        if (!body.Values.TryGetValue(name, out var value))
        {
            if (isRequired)
            {
                Refuse(name, WebOdmTexts.Required);
            }

            return null;
        }

        if (WholeNumber(value) is { } number)
        {
            return number;
        }

        Refuse(name, value.ValueKind == JsonValueKind.Null ? WebOdmTexts.Null : WebOdmTexts.BadInteger);
        return null;
    }

    /// <summary>The number of another object.</summary>
    /// <param name="name">The field.</param>
    /// <param name="exists">Whether there is an object of that number.</param>
    /// <param name="isRequired">True when the field must be there; null and empty text then count as absent.</param>
    /// <returns>Null when it is not given or wrong.</returns>
    public long? Key(string name, Func<long, bool> exists, bool isRequired = false)
    {
        if (Given(name) is not { } value)
        {
            if (isRequired)
            {
                Refuse(name, Has(name) ? WebOdmTexts.Null : WebOdmTexts.Required);
            }

            return null;
        }

        if (value.ValueKind is not (JsonValueKind.Number or JsonValueKind.String) || WholeNumber(value) is not { } number)
        {
            Refuse(name, WebOdmTexts.NotANumber(TypeName(value)));
            return null;
        }

        if (exists(number))
        {
            return number;
        }

        Refuse(name, WebOdmTexts.NoSuchNode(number));
        return null;
    }

    /// <summary>What Python, in which the protocol was written, calls the type of a value.</summary>
    public static string TypeName(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "str",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "int" : "float",
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Array => "list",
        JsonValueKind.Object => "dict",
        _ => "NoneType",
    };

    private static long? WholeNumber(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString()!.Trim(),
            _ => string.Empty,
        };
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue
                ? (long)number
                : null;
    }
}
