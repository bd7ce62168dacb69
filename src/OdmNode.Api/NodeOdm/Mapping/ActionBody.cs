using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using OdmNode.Api.Http;
using OdmNode.Core.Options;

namespace OdmNode.Api.NodeOdm.Mapping;

/// <summary>The body of cancel, remove and restart: urlencoded or JSON; any other type counts as empty.</summary>
/// <param name="Uuid">The task; null when absent.</param>
/// <param name="OptionsText">Replacement options as JSON text; null when absent.</param>
/// <param name="OptionsArray">Replacement options as JSON proper; null when absent.</param>
internal sealed record ActionBody(string? Uuid, string? OptionsText, JsonElement? OptionsArray)
{
    /// <summary>As much as a creation accepts, and the escapes that a form adds.</summary>
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <exception cref="RequestRefusedException">The body is too large, breaks off, or is no JSON.</exception>
    public static async Task<ActionBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var type = HeaderParameters.Parse(request.ContentType).Value;
        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                ? FromJson(await ReadTextAsync(request, cancellationToken).ConfigureAwait(false))
            : type.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
                ? FromForm(await ReadTextAsync(request, cancellationToken).ConfigureAwait(false))
            : new ActionBody(null, null, null);
    }

    /// <summary>Pair by pair, so that a form of a million fields costs no more than one of two.</summary>
    private static ActionBody FromForm(string text)
    {
        string? uuid = null;
        string? options = null;
        foreach (var pair in new QueryStringEnumerable(text))
        {
            switch (pair.DecodeName().Span)
            {
                case "uuid":
                    uuid ??= pair.DecodeValue().ToString();
                    break;
                case "options":
                    options ??= pair.DecodeValue().ToString();
                    break;
            }
        }

        return new ActionBody(uuid, options, null);
    }

    private static ActionBody FromJson(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new ActionBody(null, null, null);
        }

        JsonElement root;
        try
        {
            root = ForeignJson.Parse(text);
        }
        catch (JsonException exception)
        {
            throw new RequestRefusedException(exception.Message);
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return new ActionBody(null, null, null);
        }

        var uuid = root.TryGetProperty("uuid", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
        return !root.TryGetProperty("options", out var options) || options.ValueKind == JsonValueKind.Null ? new ActionBody(uuid, null, null)
            : options.ValueKind == JsonValueKind.String ? new ActionBody(uuid, options.GetString(), null)
            : new ActionBody(uuid, null, options);
    }

    private static async Task<string> ReadTextAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await ReadAsync(request.Body, buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            await bytes.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            if (bytes.Length > MaxBytes)
            {
                throw new RequestRefusedException(NodeOdmTexts.EntityTooLarge);
            }
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            throw new RequestRefusedException(NodeOdmTexts.BodyBroken);
        }
    }
}
