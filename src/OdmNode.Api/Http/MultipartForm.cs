using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using OdmNode.Api.NodeOdm;

namespace OdmNode.Api.Http;

/// <summary>Reads a <c>multipart/form-data</c> body part by part; files are handed on as streams and never held in memory.</summary>
internal static class MultipartForm
{
    private const int MaxFieldBytes = 1024 * 1024;
    private const int MaxFields = 1000;
    private const int MaxBoundaryLength = 200;

    /// <summary>Reads the whole body. A body of another type, or none, counts as an empty form.</summary>
    /// <param name="request">The request.</param>
    /// <param name="onFile">Receives each file part: field name, file name, content.</param>
    /// <param name="cancellationToken">Cancelled when the client has gone.</param>
    /// <returns>The text fields; of several with one name the first.</returns>
    /// <exception cref="RequestRefusedException">The body is malformed, cut short, or a field is too long.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        HttpRequest request, Func<string, string, Stream, Task> onFile, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Boundary(request) is not { } boundary)
        {
            return fields;
        }

        var reader = new MultipartReader(boundary, request.Body) { BodyLengthLimit = null };
        while (await NextAsync(reader, cancellationToken).ConfigureAwait(false) is { } section)
        {
            var disposition = ContentDisposition.Parse(section.ContentDisposition);
            if (disposition.FileName is { } fileName)
            {
                await onFile(disposition.Name, fileName, new PartStream(section.Body)).ConfigureAwait(false);
            }
            else
            {
                var value = await ReadTextAsync(section.Body, cancellationToken).ConfigureAwait(false);
                if (fields.Count < MaxFields)
                {
                    fields.TryAdd(disposition.Name, value);
                }
            }
        }

        return fields;
    }

    private static string? Boundary(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        return string.IsNullOrEmpty(boundary) || boundary.Length > MaxBoundaryLength
            ? throw new RequestRefusedException(NodeOdmTexts.NoBoundary)
            : boundary;
    }

    private static async Task<MultipartSection?> NextAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadNextSectionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw new RequestRefusedException(NodeOdmTexts.UnexpectedEnd);
        }
    }

    private static async Task<string> ReadTextAsync(Stream body, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[4096];
        var part = new PartStream(body);
        for (int read; (read = await part.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            await bytes.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            if (bytes.Length > MaxFieldBytes)
            {
                throw new RequestRefusedException(NodeOdmTexts.FieldTooLong);
            }
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
