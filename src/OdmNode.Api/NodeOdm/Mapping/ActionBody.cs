using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using OdmNode.Api.Http;

namespace OdmNode.Api.NodeOdm.Mapping;

/// <summary>The body of cancel, remove and restart: urlencoded or JSON; any other type counts as empty.</summary>
/// <param name="Uuid">The task; null when absent.</param>
/// <param name="OptionsText">Replacement options as JSON text; null when absent.</param>
/// <param name="OptionsArray">Replacement options as JSON proper; null when absent.</param>
internal sealed record ActionBody(string? Uuid, string? OptionsText, JsonElement? OptionsArray)
{
    /// <summary>As much as a creation accepts, and the escapes that a form adds.</summary>
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <exception cref="RequestRefusedException">The body is too large, or is no JSON.</exception>
    public static async Task<ActionBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var type = request.ContentType ?? string.Empty;
        if (type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return FromJson(await ReadTextAsync(request, cancellationToken).ConfigureAwait(false));
        }

        if (type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            var form = QueryHelpers.ParseQuery(await ReadTextAsync(request, cancellationToken).ConfigureAwait(false));
            return new ActionBody(First(form, "uuid"), First(form, "options"), null);
        }

        return new ActionBody(null, null, null);
    }

    private static string? First(Dictionary<string, Microsoft.Extensions.Primitives.StringValues> form, string name) =>
        form.TryGetValue(name, out var values) ? values[0] : null;

    private static ActionBody FromJson(string text)
    {
        JsonElement root;
        try
        {
            root = JsonElement.Parse(text);
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
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            await bytes.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            if (bytes.Length > MaxBytes)
            {
                throw new RequestRefusedException(NodeOdmTexts.EntityTooLarge);
            }
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
