using System.Text;
using Microsoft.AspNetCore.Http;
using OdmNode.Api.NodeOdm;

namespace OdmNode.Api.Http;

/// <summary>Reads a <c>multipart/form-data</c> body part by part; files are handed on as streams and never held in memory.</summary>
internal static class MultipartForm
{
    private const int MaxFieldBytes = 1024 * 1024;
    private const int MaxBoundaryLength = 200;
    private const int BufferBytes = 64 * 1024;

    /// <summary>Reads the whole body. A body of another type, or none, counts as an empty form.</summary>
    /// <param name="request">The request.</param>
    /// <param name="names">The text fields that are wanted.</param>
    /// <param name="onFile">Receives each file part: field name, file name, content.</param>
    /// <param name="cancellationToken">Cancelled when the client has gone.</param>
    /// <returns>
    /// The wanted text fields, of several with one name the first. Others are read and forgotten, so a form of any number of
    /// parts costs no more memory than one of each.
    /// </returns>
    /// <exception cref="RequestRefusedException">The body is malformed, cut short, or a field is too long.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        HttpRequest request, IReadOnlySet<string> names, Func<string, string, Stream, Task> onFile, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Boundary(request) is not { } boundary)
        {
            return fields;
        }

        using var body = new MultipartBody(boundary, request.Body);
        var content = new PartStream(body);
        var buffer = new byte[BufferBytes];
        while (await NextAsync(body, cancellationToken).ConfigureAwait(false) is { } headers)
        {
            var disposition = ContentDisposition.Parse(headers.GetValueOrDefault("Content-Disposition"));
            if (disposition.FileName is { } fileName)
            {
                await onFile(disposition.Name, fileName, content).ConfigureAwait(false);
                continue;
            }

            var isWanted = names.Contains(disposition.Name) && !fields.ContainsKey(disposition.Name);
            var text = await ReadTextAsync(content, isWanted, buffer, cancellationToken).ConfigureAwait(false);
            if (isWanted)
            {
                fields.Add(disposition.Name, text);
            }
        }

        return fields;
    }

    private static string? Boundary(HttpRequest request)
    {
        var type = HeaderParameters.Parse(request.ContentType);
        if (!type.Value.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var boundary = type.Parameters.GetValueOrDefault("boundary", string.Empty);
        return boundary.Length is 0 or > MaxBoundaryLength ? throw new RequestRefusedException(NodeOdmTexts.NoBoundary) : boundary;
    }

    private static async Task<IReadOnlyDictionary<string, string>?> NextAsync(MultipartBody body, CancellationToken cancellationToken)
    {
        try
        {
            return await body.NextAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            throw new RequestRefusedException(NodeOdmTexts.MalformedPart);
        }
        catch (IOException)
        {
            throw new RequestRefusedException(NodeOdmTexts.UnexpectedEnd);
        }
    }

    /// <returns>The text; empty when it is not to be kept.</returns>
    private static async Task<string> ReadTextAsync(PartStream content, bool keep, byte[] buffer, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var length = 0;
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            length += read;
            if (length > MaxFieldBytes)
            {
                throw new RequestRefusedException(NodeOdmTexts.FieldTooLong);
            }

            if (keep)
            {
                await bytes.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
