using System.Text.Json;
using OdmNode.Core.Errors;

namespace OdmNode.Hosting.Configuration;

/// <summary>A JSON file of settings, laid out like NodeODM's.</summary>
internal sealed class SettingsFile
{
    /// <summary>The file that is read from the working directory when it is there and no other is named.</summary>
    public const string UsualName = "config-default.json";

    private static readonly JsonDocumentOptions Tolerant = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private readonly JsonElement _root;

    private SettingsFile(JsonElement root) => _root = root;

    /// <summary>A file that says nothing.</summary>
    public static SettingsFile Empty { get; } = new(JsonElement.Parse("{}"));

    /// <exception cref="OdmException">The file cannot be read, or is no JSON object.</exception>
    public static SettingsFile Read(string path)
    {
        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            throw new OdmException(ErrorKind.BadInput, $"The name of the configuration file must end in .json, not '{path}'.");
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Tolerant);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new SettingsFile(document.RootElement.Clone())
                : throw new OdmException(ErrorKind.BadInput, $"The configuration file {path} holds no JSON object.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new OdmException(ErrorKind.BadInput, $"The configuration file {path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The value of a key as text, several values separated by commas; null when the file does not say, or says null or nothing.</summary>
    public string? Find(ServeSetting setting)
    {
        if (setting.FileKey is null)
        {
            return null;
        }

        var element = _root;
        foreach (var level in setting.FileKey.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(level, out element))
            {
                return null;
            }
        }

        var text = element.ValueKind switch
        {
            JsonValueKind.Null => string.Empty,
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Array => string.Join(',', element.EnumerateArray().Select(entry => entry.ToString())),
            _ => element.ToString(),
        };
        return text.Length == 0 ? null : text;
    }
}
