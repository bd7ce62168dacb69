using System.Net.Http.Headers;
using System.Text.Json;

namespace OdmNode.Load;

/// <summary>The few calls of the protocol that the load consists of; any error ends the measurement.</summary>
internal static class Calls
{
    public static async Task<string> InitAsync(HttpClient http, string options, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent { { new StringContent(options), "options" }, { new StringContent("true"), "skipPostProcessing" } };
        return Uuid(await PostAsync(http, "/task/new/init", form, cancellationToken));
    }

    public static async Task UploadAsync(HttpClient http, string uuid, string name, byte[] content, CancellationToken cancellationToken)
    {
        using var part = new ByteArrayContent(content);
        part.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        using var form = new MultipartFormDataContent { { part, "images", name } };
        await PostAsync(http, $"/task/new/upload/{uuid}", form, cancellationToken);
    }

    public static Task CommitAsync(HttpClient http, string uuid, CancellationToken cancellationToken) =>
        PostAsync(http, $"/task/new/commit/{uuid}", null, cancellationToken);

    public static async Task<JsonElement> GetAsync(HttpClient http, string path, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(path, cancellationToken);
        return Check(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken));
    }

    public static int Code(JsonElement info) => info.GetProperty("status").GetProperty("code").GetInt32();

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsync(path, content, cancellationToken);
        return Check(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken));
    }

    private static string Uuid(JsonElement answer) => answer.GetProperty("uuid").GetString()!;

    private static JsonElement Check(byte[] body)
    {
        var answer = JsonElement.Parse(body);
        return answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("error", out var error)
            ? throw new InvalidOperationException($"The node answered with an error: {error}")
            : answer;
    }
}
