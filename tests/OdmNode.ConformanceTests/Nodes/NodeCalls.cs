using System.Globalization;
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

    /// <summary>An action that must succeed with exactly the recorded answer.</summary>
    public static async Task SucceedAsync(this NodeProcess node, string action, string uuid, string? options = null) =>
        Assert.Equal("""{"success":true}""", (await node.ActAsync(action, uuid, options)).GetRawText());

    /// <summary>Creates a task whose engine does what <paramref name="mode"/> says.</summary>
    public static async Task<string> CreateAsync(this NodeProcess node, string mode = "", params string[] files)
    {
        var form = Form(files.Length == 0 ? ["a.jpg"] : files);
        form.Add(new StringContent(Mode(mode)), "options");
        form.Add(new StringContent("true"), "skipPostProcessing");
        return (await node.PostAsync("/task/new", form)).Uuid();
    }

    /// <summary>Creates a task of one photo with these text fields.</summary>
    public static async Task<string> CreateWithAsync(this NodeProcess node, params (string Name, string Value)[] fields)
    {
        var form = Form("a.jpg");
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        return (await node.PostAsync("/task/new", form)).Uuid();
    }

    /// <summary>Begins an upload with these text fields.</summary>
    public static async Task<string> InitAsync(this NodeProcess node, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent { { new StringContent("x"), "unknown" } };
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        return (await node.PostAsync("/task/new/init", form)).Uuid();
    }

    public static Task<JsonElement> UploadAsync(this NodeProcess node, string uuid, HttpContent form) =>
        node.PostAsync($"/task/new/upload/{uuid}", form);

    public static Task<JsonElement> CommitAsync(this NodeProcess node, string uuid) => node.PostAsync($"/task/new/commit/{uuid}");

    /// <summary>Lets an engine with the mode <c>hold</c> go on.</summary>
    public static Task ReleaseAsync(this NodeProcess node, string uuid) => File.WriteAllBytesAsync(node.PathOf(uuid, "release"), []);

    public static string PathOf(this NodeProcess node, string uuid, params string[] names) => Path.Combine([node.Data, uuid, .. names]);

    /// <summary>The names in a task's images folder, in byte order.</summary>
    public static IEnumerable<string> Images(this NodeProcess node, string uuid) =>
        Directory.GetFiles(node.PathOf(uuid, "images")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    /// <summary>The process number in a file of the task's folder, once it is there.</summary>
    public static async Task<int> ProcessAsync(this NodeProcess node, string uuid, string file = "engine.pid")
    {
        var path = node.PathOf(uuid, file);
        await UntilAsync(() => File.Exists(path) && new FileInfo(path).Length > 0);
        return int.Parse(await File.ReadAllTextAsync(path), CultureInfo.InvariantCulture);
    }

    /// <summary>Polls until the condition holds.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        for (var attempt = 0; !condition(); attempt++)
        {
            Assert.True(attempt < 1500, "What was waited for did not happen.");
            await Task.Delay(20);
        }
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

    public static string Uuid(this JsonElement answer) =>
        answer.TryGetProperty("uuid", out var uuid) ? uuid.GetString()! : throw new InvalidOperationException(answer.GetRawText());

    public static int Code(this JsonElement info) => info.GetProperty("status").GetProperty("code").GetInt32();

    public static double Progress(this JsonElement info) => info.GetProperty("progress").GetDouble();

    public static string? ErrorMessage(this JsonElement info) =>
        info.GetProperty("status").TryGetProperty("errorMessage", out var message) ? message.GetString() : null;

    public static string Error(this JsonElement answer) => answer.GetProperty("error").GetString()!;

    /// <summary>The options of a task as <c>name=value</c>, each value as JSON.</summary>
    public static IEnumerable<string> Options(this JsonElement info) =>
        info.GetProperty("options").EnumerateArray().Select(option => $"{option.GetProperty("name").GetString()}={option.GetProperty("value").GetRawText()}");

    /// <summary>Polls until the task's information satisfies the condition.</summary>
    public static async Task<JsonElement> WaitAsync(this NodeProcess node, string uuid, Func<JsonElement, bool> condition, string query = "")
    {
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            var info = await node.InfoAsync(uuid, query);
            if (condition(info))
            {
                return info;
            }

            await Task.Delay(25);
        }

        throw new TimeoutException($"Task {uuid} did not get there: {await node.InfoAsync(uuid)}");
    }

    public static Task<JsonElement> WaitForEndAsync(this NodeProcess node, string uuid) =>
        node.WaitAsync(uuid, info => info.Code() >= 30);

    public static async Task<string[]> OutputAsync(this NodeProcess node, string uuid, string query = "") =>
        [.. (await node.GetAsync($"/task/{uuid}/output{query}")).EnumerateArray().Select(line => line.GetString()!)];

    /// <summary>Polls the console until it has a line that begins so.</summary>
    public static async Task<string> LineAsync(this NodeProcess node, string uuid, string start)
    {
        string? found = null;
        await node.WaitAsync(uuid, info =>
        {
            found = info.GetProperty("output").EnumerateArray().Select(line => line.GetString()!).FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal));
            return found is not null;
        }, "?with_output=0");
        return found!;
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        return JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync());
    }
}
