using System.Text.Json;

namespace OdmNode.ConformanceTests.Nodes;

/// <summary>The protocol in as few words as possible, over plain HTTP.</summary>
internal static class NodeCalls
{
    public static async Task<JsonElement> GetAsync(this NodeProcess node, string path)
    {
        using var answer = await node.Http.GetAsync(path);
        return await ReadAsync(answer);
    }

    public static async Task<JsonElement> PostAsync(this NodeProcess node, string path, HttpContent? content = null, string? setUuid = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (setUuid is not null)
        {
            request.Headers.Add("set-uuid", setUuid);
        }

        using var answer = await node.Http.SendAsync(request);
        return await ReadAsync(answer);
    }

    public static Task<JsonElement> ActAsync(this NodeProcess node, string action, string uuid, string? options = null)
    {
        var fields = new Dictionary<string, string> { ["uuid"] = uuid };
        if (options is not null)
        {
            fields["options"] = options;
        }

        return node.PostAsync($"/task/{action}", new FormUrlEncodedContent(fields));
    }

    /// <summary>Creates a task whose engine does what <paramref name="mode"/> says.</summary>
    public static async Task<string> CreateAsync(this NodeProcess node, string mode = "", params string[] files)
    {
        var form = Form(files.Length == 0 ? ["a.jpg"] : files);
        form.Add(new StringContent(Mode(mode)), "options");
        form.Add(new StringContent("true"), "skipPostProcessing");
        return (await node.PostAsync("/task/new", form)).GetProperty("uuid").GetString()!;
    }

    public static string Mode(string mode) =>
        mode.Length == 0 ? "[]" : $$"""[{"name":"primary-band","value":"{{mode}}"}]""";

    public static MultipartFormDataContent Form(params string[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var file in files)
        {
            form.Add(new ByteArrayContent("content of "u8.ToArray()), "images", file);
        }

        return form;
    }

    public static Task<JsonElement> InfoAsync(this NodeProcess node, string uuid, string query = "") =>
        node.GetAsync($"/task/{uuid}/info{query}");

    public static int Code(this JsonElement info) => info.GetProperty("status").GetProperty("code").GetInt32();

    public static string? ErrorMessage(this JsonElement info) =>
        info.GetProperty("status").TryGetProperty("errorMessage", out var message) ? message.GetString() : null;

    public static string Error(this JsonElement answer) => answer.GetProperty("error").GetString()!;

    /// <summary>Polls until the task's information satisfies the condition.</summary>
    public static async Task<JsonElement> WaitAsync(this NodeProcess node, string uuid, Func<JsonElement, bool> condition)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            var info = await node.InfoAsync(uuid);
            if (condition(info))
            {
                return info;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"Task {uuid} did not get there: {await node.InfoAsync(uuid)}");
    }

    public static Task<JsonElement> WaitForEndAsync(this NodeProcess node, string uuid) =>
        node.WaitAsync(uuid, info => info.Code() >= 30);

    public static async Task<string[]> OutputAsync(this NodeProcess node, string uuid, string query = "") =>
        [.. (await node.GetAsync($"/task/{uuid}/output{query}")).EnumerateArray().Select(line => line.GetString()!)];

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        return JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync());
    }
}
