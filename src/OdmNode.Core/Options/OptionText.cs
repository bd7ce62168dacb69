using System.Text.Json;

namespace OdmNode.Core.Options;

/// <summary>Reads the options text of the protocol: a JSON array of <c>{"name": ..., "value": ...}</c>.</summary>
public static class OptionText
{
    /// <returns>The named options in the order given; nothing for JSON that is no array, and for elements without a name.</returns>
    /// <exception cref="FormatException">The text is no JSON, or an element is null. The message is meant for the client.</exception>
    public static IReadOnlyList<OptionInput> Parse(string text)
    {
        try
        {
            return Read(ForeignJson.Parse(text));
        }
        catch (JsonException exception)
        {
            throw new FormatException(
                string.IsNullOrWhiteSpace(text) ? "Unexpected end of JSON input" : exception.Message, exception);
        }
    }

    /// <summary>As <see cref="Parse"/>, for JSON that has been read already.</summary>
    /// <exception cref="FormatException">An element is null.</exception>
    public static IReadOnlyList<OptionInput> Read(JsonElement options)
    {
        if (options.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        var inputs = new List<OptionInput>();
        foreach (var element in options.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.Null)
            {
                throw new FormatException("Cannot read properties of null (reading 'name')");
            }

            if (element.ValueKind == JsonValueKind.Object
                && element.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String)
            {
                inputs.Add(new OptionInput(
                    name.GetString()!, element.TryGetProperty("value", out var value) ? value : default));
            }
        }

        return inputs;
    }
}
