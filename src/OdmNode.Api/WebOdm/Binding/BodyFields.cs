using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OdmNode.Api.Http;
using OdmNode.Api.WebOdm.Wire;
using OdmNode.Core.Options;

namespace OdmNode.Api.WebOdm.Binding;

/// <summary>The fields of a request's body, whichever of the three types it has.</summary>
/// <param name="Values">By name, case-sensitive; of a form as JSON text.</param>
/// <param name="IsForm">True when values came as text and have no type of their own.</param>
internal sealed record BodyFields(IReadOnlyDictionary<string, JsonElement> Values, bool IsForm)
{
    private const int MaxJsonBytes = 8 * 1024 * 1024;

    /// <summary>Reads a body; files in it are passed over.</summary>
    public static Task<BodyFields> ReadAsync(HttpRequest request, IReadOnlySet<string> names, CancellationToken cancellationToken) =>
        ReadAsync(request, names, (_, _, _) => Task.CompletedTask, cancellationToken);

    /// <summary>Reads a body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="names">The fields that are wanted; others are ignored.</param>
    /// <param name="onFile">Receives each file part: field name, file name, content.</param>
    /// <param name="cancellationToken">Cancelled when the client has gone.</param>
    /// <exception cref="WebOdmRefusalException">The type is not supported, or the body does not parse.</exception>
    public static async Task<BodyFields> ReadAsync(
        HttpRequest request, IReadOnlySet<string> names, Func<string, string, Stream, Task> onFile, CancellationToken cancellationToken)
    {
        var type = HeaderParameters.Parse(request.ContentType).Value;
        switch (type.ToLowerInvariant())
        {
            case "multipart/form-data":
                return OfTexts(await MultipartForm.ReadAsync(request, names, onFile, cancellationToken).ConfigureAwait(false));
            case "application/x-www-form-urlencoded":
                return OfTexts(await ReadFormAsync(request, names, cancellationToken).ConfigureAwait(false));
            case "application/json":
                return await ReadJsonAsync(request, cancellationToken).ConfigureAwait(false);
            case "" when request.ContentLength is null or 0 && !request.Headers.ContainsKey("Transfer-Encoding"):
                return OfTexts(new Dictionary<string, string>());
            default:
                throw WebOdmRefusalException.Detail(StatusCodes.Status415UnsupportedMediaType, WebOdmTexts.UnsupportedType(request.ContentType ?? string.Empty));
        }
    }

    private static BodyFields OfTexts(IReadOnlyDictionary<string, string> texts) => new(
        texts.ToDictionary(field => field.Key, field => JsonSerializer.SerializeToElement(field.Value, WebOdmJson.Wire.String), StringComparer.Ordinal),
        IsForm: true);

    private static async Task<Dictionary<string, string>> ReadFormAsync(HttpRequest request, IReadOnlySet<string> names, CancellationToken cancellationToken)
    {
        try
        {
            var form = await request.ReadFormAsync(cancellationToken).ConfigureAwait(false);

            // The form's own look-up does not tell case apart.
            return form.Where(field => names.Contains(field.Key) && field.Value.Count > 0)
                .ToDictionary(field => field.Key, field => field.Value[^1] ?? string.Empty, StringComparer.Ordinal);
        }
        catch (InvalidDataException exception)
        {
            throw WebOdmRefusalException.Detail(StatusCodes.Status400BadRequest, WebOdmTexts.FormError(exception.Message));
        }
    }

    private static async Task<BodyFields> ReadJsonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            if (body.Length + read > MaxJsonBytes)
            {
                throw WebOdmRefusalException.Detail(StatusCodes.Status400BadRequest, WebOdmTexts.JsonError($"the body is longer than {MaxJsonBytes} bytes"));
            }

            await body.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }

        if (body.Length == 0)
        {
            return new BodyFields(new Dictionary<string, JsonElement>(), IsForm: false);
        }

        try
        {
            var root = ForeignJson.Parse(Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length));
            if (root.ValueKind != JsonValueKind.Object)
            {
                throw WebOdmRefusalException.Field(
                    "non_field_errors", "Invalid data. Expected a dictionary, but got " + FieldReader.TypeName(root) + ".");
            }

            var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (var property in root.EnumerateObject())
            {
                values[property.Name] = property.Value;
            }

            return new BodyFields(values, IsForm: false);
        }
        catch (JsonException exception)
        {
            throw WebOdmRefusalException.Detail(StatusCodes.Status400BadRequest, WebOdmTexts.JsonError(exception.Message));
        }
    }
}
