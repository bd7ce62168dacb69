using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.WebOdm;

/// <summary>A script written against WebODM, in as few words as possible.</summary>
internal sealed class WebOdmClient : IDisposable
{
    private const int Attempts = 2400;

    private WebOdmClient(NodeProcess node, string? token)
    {
        Token = token ?? string.Empty;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = node.Http.BaseAddress, Timeout = TimeSpan.FromSeconds(30) };
        if (token is not null)
        {
            Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"JWT {token}");
        }
    }

    public HttpClient Http { get; }

    public string Token { get; }

    public static async Task<WebOdmClient> LogInAsync(NodeProcess node, string user = "admin", string password = "admin")
    {
        using var anonymous = Anonymous(node);
        var answer = await anonymous.PostAsync("token-auth/", Form(("username", user), ("password", password)));
        Assert.Equal(200, answer.Status);
        return new WebOdmClient(node, answer.Json.GetProperty("token").GetString());
    }

    public static WebOdmClient Anonymous(NodeProcess node) => new(node, null);

    public static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>A form of photos and text fields.</summary>
    public static MultipartFormDataContent Files(IEnumerable<string> files, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        foreach (var file in files)
        {
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes("content of " + file)), "images", file);
        }

        return form;
    }

    /// <summary>The option that tells the engine of the fixtures what to do.</summary>
    public static (string Name, string Value) Mode(string mode) => ("options", NodeCalls.Mode(mode));

    public async Task<WebAnswer> SendAsync(
        string method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/" + path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using var answer = await Http.SendAsync(request);
        var all = answer.Headers.Concat(answer.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new WebAnswer((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), all);
    }

    public Task<WebAnswer> GetAsync(string path) => SendAsync("GET", path);

    public Task<WebAnswer> PostAsync(string path, HttpContent? content = null) => SendAsync("POST", path, content);

    public Task<WebAnswer> PatchAsync(string path, HttpContent content) => SendAsync("PATCH", path, content);

    public Task<WebAnswer> DeleteAsync(string path) => SendAsync("DELETE", path);

    public async Task<long> ProjectAsync(string name = "fields")
    {
        var answer = await PostAsync("projects/", Form(("name", name)));
        Assert.Equal(201, answer.Status);
        return answer.Json.GetProperty("id").GetInt64();
    }

    /// <summary>Creates a task of two photos whose engine does what the mode says, in a project of its own.</summary>
    /// <returns>The task's path below <c>/api/</c>.</returns>
    public Task<string> TaskAsync(string mode = "", params (string Name, string Value)[] fields) => TaskAsync(null, mode, fields);

    public async Task<string> TaskAsync(long? project, string mode, params (string Name, string Value)[] fields)
    {
        var path = $"projects/{project ?? await ProjectAsync()}/tasks/";
        var answer = await PostAsync(path, Files(["a.jpg", "b.jpg"], mode.Length > 0 ? [Mode(mode), .. fields] : fields));
        Assert.True(answer.Status == 201, answer.Text);
        return path + answer.Json.GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture) + "/";
    }

    public async Task<JsonElement> ReadAsync(string path)
    {
        var answer = await GetAsync(path);
        Assert.True(answer.Status == 200, $"{path}: {answer.Status} {answer.Text}");
        return answer.Json;
    }

    /// <summary>Polls until the task satisfies the condition.</summary>
    public async Task<JsonElement> WaitAsync(string path, Func<JsonElement, bool> condition)
    {
        for (var attempt = 0; ; attempt++)
        {
            var task = await ReadAsync(path);
            if (condition(task))
            {
                return task;
            }

            Assert.True(attempt < Attempts, $"The task did not get there: {task}");
            await Task.Delay(25);
        }
    }

    public Task<JsonElement> WaitForAsync(string path, int status) => WaitAsync(path, task => Status(task) == status);

    /// <summary>Polls until nothing is there any more.</summary>
    public async Task WaitUntilGoneAsync(string path)
    {
        for (var attempt = 0; (await GetAsync(path)).Status != 404; attempt++)
        {
            Assert.True(attempt < Attempts, $"{path} is still there.");
            await Task.Delay(25);
        }
    }

    public async Task<WebAnswer> ActAsync(string path, string action)
    {
        var answer = await PostAsync($"{path}{action}/");
        Assert.Equal((200, """{"success":true}"""), answer.Both);
        return answer;
    }

    public static int? Status(JsonElement task) =>
        task.GetProperty("status") is { ValueKind: JsonValueKind.Number } status ? status.GetInt32() : null;

    public void Dispose() => Http.Dispose();

    /// <summary>A header of HTTP Basic.</summary>
    public static string Basic(string user, string password) =>
        new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))).ToString();
}
