using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace OdmNode.Api.Web;

/// <summary>The Swagger 2.0 description of the HTTP interface, as it lies beside this file.</summary>
internal static class ApiDescription
{
    private static readonly byte[] Text = ReadResource();
    private static readonly EntityTagHeaderValue Tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(Text).AsSpan(0, 8))}\"");

    public static IResult Answer(HttpResponse response)
    {
        response.Headers.CacheControl = "public, max-age=0";
        return TypedResults.Bytes(Text, "application/json; charset=utf-8", entityTag: Tag);
    }

    private static byte[] ReadResource()
    {
        using var stream = typeof(ApiDescription).Assembly.GetManifestResourceStream("swagger.json")!;
        var text = new byte[stream.Length];
        stream.ReadExactly(text);
        return text;
    }
}
