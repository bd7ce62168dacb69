using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.WebOdm;

/// <summary>A daemon that scripts talk to, another one that is registered with it as a node, and the line between them. Both can be killed and come back.</summary>
public sealed class TwoDaemons : IAsyncLifetime
{
    private const int Attempts = 600;
    private static readonly string[] ServerArguments = ["--webodm-password", "admin", "-q", "4"];
    private static readonly string[] OtherArguments = ["-q", "4"];

    private readonly TemporaryFolder _folder = new();

    public NodeProcess Server { get; private set; } = null!;

    public NodeProcess Other { get; private set; } = null!;

    public Relay Relay { get; private set; } = null!;

    /// <summary>The number of the other daemon among the nodes.</summary>
    public long Node { get; private set; }

    internal WebOdmClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await NodeProcess.StartAsync(_folder.PathOf("server"), ServerArguments);
        Other = await NodeProcess.StartAsync(_folder.PathOf("other"), OtherArguments);
        Relay = new Relay(Other.Port);
        Client = await WebOdmClient.LogInAsync(Server);
        var created = await Client.PostAsync("processingnodes/", WebOdmClient.Form(
            ("hostname", "127.0.0.1"), ("port", Relay.Port.ToString(CultureInfo.InvariantCulture))));
        Assert.True(created.Json.GetProperty("online").GetBoolean(), created.Text);
        Node = created.Json.GetProperty("id").GetInt64();
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        await Other.DisposeAsync();
        await Relay.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Kills the server as it stands and starts it again; whatever the line held is broken.</summary>
    public async Task KillServerAsync(Func<Task>? meanwhile = null)
    {
        var (port, data) = (Server.Port, Server.Data);
        await Server.KillAsync();
        await Server.DisposeAsync();
        Relay.Release();
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        Server = await NodeProcess.StartOnAsync(port, data, ServerArguments);
    }

    /// <summary>Kills the other daemon as it stands and starts it again.</summary>
    public async Task KillOtherAsync(Func<Task>? meanwhile = null)
    {
        var (port, data) = (Other.Port, Other.Data);
        await Other.KillAsync();
        await Other.DisposeAsync();
        Relay.Release();
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        Other = await NodeProcess.StartOnAsync(port, data, OtherArguments);
    }

    /// <summary>A task for the other daemon.</summary>
    internal Task<string> RemoteTaskAsync(string mode = "") =>
        Client.TaskAsync(mode, ("processing_node", Node.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A task for the other daemon with photos of these contents.</summary>
    internal async Task<string> RemoteTaskAsync(IReadOnlyDictionary<string, byte[]> photos)
    {
        using var form = new MultipartFormDataContent { { new StringContent(Node.ToString(CultureInfo.InvariantCulture)), "processing_node" } };
        foreach (var (name, content) in photos)
        {
            form.Add(new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } }, "images", name);
        }

        var tasks = $"projects/{await Client.ProjectAsync()}/tasks/";
        var answer = await Client.PostAsync(tasks, form);
        Assert.True(answer.Status == 201, answer.Text);
        return $"{tasks}{answer.Json.GetProperty("id")}/";
    }

    /// <summary>Waits for a state. The server asks nodes every few seconds, and at once for a task that was changed: so the task is.</summary>
    internal async Task<JsonElement> HurryAsync(string path, Func<JsonElement, bool> condition)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var change = WebOdmClient.Json("""{"name":"hurry"}""");
            var answer = await Client.PatchAsync(path, change);
            Assert.True(answer.Status == 200, answer.Text);
            if (condition(answer.Json))
            {
                return answer.Json;
            }

            Assert.True(attempt < Attempts, $"The task did not get there: {answer.Text}");
            await Task.Delay(50);
        }
    }

    internal Task<JsonElement> HurryAsync(string path, int status) => HurryAsync(path, task =>
    {
        Assert.True(status == 30 || WebOdmClient.Status(task) != 30, task.GetRawText());
        return WebOdmClient.Status(task) == status;
    });

    /// <summary>The task's console has the same lines through both faces.</summary>
    /// <returns>They.</returns>
    internal async Task<string[]> SameConsoleAsync(string path, NodeProcess node)
    {
        var uuid = (await Client.ReadAsync(path)).GetProperty("uuid").GetString()!;
        var lines = await node.OutputAsync(uuid);
        Assert.Equal(string.Join('\n', lines), (await Client.GetAsync(path + "output/")).Json.GetString());
        return lines;
    }

    /// <summary>What the server holds of a task.</summary>
    internal string FolderOf(string path) => Path.Combine(Server.Data, "webodm", "tasks", path.TrimEnd('/').Split('/')[^1]);

    /// <summary>How often the engine was started for a task.</summary>
    internal static int Runs(NodeProcess node, string uuid) => File.ReadAllLines(node.PathOf(uuid, "runs.txt")).Length;
}
