using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.Clients;

/// <summary>PyODM 1.5 as it appears on the wire: Python's <c>requests</c> with its headers in its order, and its rules for reading answers.</summary>
internal sealed class PyOdmClient(NodeProcess node, string? token = null)
{
    private const int ParallelUploads = 10;

    /// <summary>An answer by PyODM's rules: 200, 206 and 403 are read, and an <c>error</c> in an object is raised.</summary>
    public async Task<JsonElement> GetAsync(string path) => Parse(await SendAsync("GET", path, [], default));

    public Task<JsonElement> InfoAsync() => GetAsync("/info");

    /// <summary>init, then every file in a request of its own, then commit.</summary>
    /// <param name="files">Names and contents.</param>
    /// <param name="fields">What stands in the init form, in this order.</param>
    /// <param name="setUuid">The id to ask for; null for none.</param>
    public async Task<string> CreateTaskAsync(
        IReadOnlyList<(string Name, byte[] Content)> files, IReadOnlyList<(string Name, string Value)> fields, string? setUuid = null)
    {
        var version = (await InfoAsync()).GetProperty("version").GetString()!.Split('.');
        Assert.Equal(3, version.Length);
        Assert.All(version, number => Assert.True(int.TryParse(number, out _)));
        var boundary = Boundary();
        using var init = new RawForm(boundary);
        foreach (var (name, value) in fields)
        {
            init.Field(name, value);
        }

        string[] headers = setUuid is null ? [] : [$"set-uuid: {setUuid}"];
        var uuid = Parse(await SendAsync("POST", "/task/new/init", [.. headers, $"Content-Type: {init.ContentType}"], init.End().ToBytes())).Uuid();
        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = ParallelUploads }, async (file, _) =>
        {
            using var form = new RawForm(Boundary());
            var type = Path.GetExtension(file.Name) switch
            {
                ".jpg" or ".jpeg" or ".JPG" => "image/jpeg",
                ".txt" => "text/plain",
                ".zip" => "application/zip",
                _ => "image/jpg",
            };
            form.Part($"Content-Disposition: form-data; name=\"images\"; filename=\"{file.Name}\"\r\nContent-Type: {type}", file.Content).End();
            var answer = Parse(await SendAsync("POST", $"/task/new/upload/{uuid}", [$"Content-Type: {form.ContentType}"], form.ToBytes()));
            Assert.True(answer.GetProperty("success").GetBoolean());
        });
        return Parse(await SendAsync("POST", $"/task/new/commit/{uuid}", [], default)).Uuid();
    }

    /// <summary>Reads every key that the client reads without a default.</summary>
    public async Task<JsonElement> TaskInfoAsync(string uuid, string query = "")
    {
        var info = await GetAsync($"/task/{uuid}/info{query}");
        Assert.Equal(uuid, info.GetProperty("uuid").GetString());
        _ = info.GetProperty("name").GetString();
        _ = info.GetProperty("dateCreated").GetDouble() / 1000;
        _ = info.GetProperty("processingTime").GetInt64();
        Assert.Contains(info.Code(), (int[])[10, 20, 30, 40, 50]);
        _ = info.GetProperty("options").GetArrayLength();
        _ = info.GetProperty("imagesCount").GetInt32();
        return info;
    }

    /// <summary>Polls to the end; the client waits three seconds between, a test need not.</summary>
    public async Task<JsonElement> WaitForCompletionAsync(string uuid)
    {
        while (true)
        {
            var info = await TaskInfoAsync(uuid);
            if (info.Code() >= 30)
            {
                return info.Code() == 40 ? info : throw new NodeRefusalException($"Task failed: {info.ErrorMessage()}");
            }

            await Task.Delay(50);
        }
    }

    public async Task<bool> ActAsync(string action, string uuid, string? options = null)
    {
        var body = $"uuid={uuid}" + (options is null ? string.Empty : "&options=" + WebUtility.UrlEncode(options));
        var answer = Parse(await SendAsync("POST", $"/task/{action}", ["Content-Type: application/x-www-form-urlencoded"], Encoding.ASCII.GetBytes(body)));
        return answer.GetProperty("success").GetBoolean();
    }

    /// <summary>Opens a request and hands out its connection; the answer's body is left to the caller.</summary>
    public async Task<RawConnection> OpenAsync(string path, params string[] headers)
    {
        var connection = await RawConnection.OpenAsync(node);
        await connection.SendAsync(Head("GET", path, headers, null));
        return connection;
    }

    public async Task<RawAnswer> SendAsync(string method, string path, IReadOnlyList<string> headers, ReadOnlyMemory<byte> body)
    {
        using var connection = await RawConnection.OpenAsync(node);
        await connection.SendAsync(Head(method, path, headers, method == "POST" ? body.Length : null));
        await connection.SendAsync(body);
        return await connection.ReadAsync();
    }

    private static string Boundary() => Guid.NewGuid().ToString("N");

    private static JsonElement Parse(RawAnswer answer)
    {
        Assert.Contains(answer.Code, (int[])[200, 206, 403]);
        Assert.Contains("application/json", answer.Header("Content-Type"), StringComparison.Ordinal);
        var json = answer.Json;
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("error", out var error))
        {
            throw new NodeRefusalException(error.GetString()!);
        }

        // The client asks a list for the word as well and then stumbles over its type.
        Assert.False(json.ValueKind == JsonValueKind.Array && json.EnumerateArray().Any(element => element.ValueKind == JsonValueKind.String && element.ValueEquals("error")));
        return json;
    }

    private string Head(string method, string path, IReadOnlyList<string> headers, int? length)
    {
        var query = token is null ? string.Empty : (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "token=" + token;
        string[] lines =
        [
            $"{method} {path}{query} HTTP/1.1", $"Host: 127.0.0.1:{node.Port}", "User-Agent: python-requests/2.32.3", "Accept-Encoding: gzip, deflate", "Accept: */*",
            "Connection: keep-alive", .. headers, .. length is { } bytes ? [$"Content-Length: {bytes.ToString(CultureInfo.InvariantCulture)}"] : Array.Empty<string>(),
        ];
        return string.Join("\r\n", lines) + "\r\n\r\n";
    }
}
