using OdmNode.ConformanceTests.Nodes;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.WebOdm;

public sealed class RestartOfServerTests : IDisposable
{
    private static readonly string[] Arguments = ["--webodm-password", "admin", "-q", "2"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task W105_A_killed_server_loses_nothing()
    {
        string finished, running, waiting, queued, uuid, token, console;
        await using (var node = await NodeProcess.StartAsync(_folder.Root, Arguments))
        {
            using var client = await WebOdmClient.LogInAsync(node);
            token = client.Token;
            finished = await client.TaskAsync("lines5");
            await client.WaitForAsync(finished, 40);
            console = (await client.GetAsync(finished + "output/")).Text;
            running = await client.TaskAsync("once");
            uuid = (await client.WaitForAsync(running, 20)).GetProperty("uuid").GetString()!;
            await client.WaitForAsync(await client.TaskAsync("hold"), 20);
            queued = await client.TaskAsync("lines3");
            await client.WaitForAsync(queued, 10);
            waiting = await client.TaskAsync(string.Empty, ("auto_processing_node", "false"));
            await node.ProcessAsync(uuid);
            await node.KillAsync();
        }

        await using var second = await NodeProcess.StartAsync(_folder.Root, Arguments);
        using var again = await WebOdmClient.LogInAsync(second);
        Assert.Equal(40, WebOdmClient.Status(await again.ReadAsync(finished)));
        Assert.Equal(console, (await again.GetAsync(finished + "output/")).Text);
        Assert.Equal(200, (await again.GetAsync(finished + "download/all.zip")).Status);
        Assert.Null(WebOdmClient.Status(await again.ReadAsync(waiting)));
        Assert.Equal(uuid, (await again.WaitForAsync(running, 40)).GetProperty("uuid").GetString());
        await again.WaitForAsync(queued, 40);
        using var old = WebOdmClient.Anonymous(second);
        Assert.Equal(200, (await old.GetAsync($"projects/?jwt={token}")).Status);
    }

    [Fact]
    public async Task W105_Numbers_are_never_given_twice()
    {
        long first;
        string project;
        await using (var node = await NodeProcess.StartAsync(_folder.Root, Arguments))
        {
            using var client = await WebOdmClient.LogInAsync(node);
            var task = await client.TaskAsync(string.Empty, ("auto_processing_node", "false"));
            first = (await client.ReadAsync(task)).GetProperty("id").GetInt64();
            project = task[..task.IndexOf("tasks/", StringComparison.Ordinal)];
            await client.DeleteAsync(task);
            await NodeCalls.UntilAsync(() => !Directory.Exists(Path.Combine(node.Data, "webodm", "tasks", $"{first}")));
        }

        await using var second = await NodeProcess.StartAsync(_folder.Root, Arguments);
        using var again = await WebOdmClient.LogInAsync(second);
        var answer = await again.PostAsync(project + "tasks/", WebOdmClient.Files(["a.jpg", "b.jpg"]));
        Assert.True(answer.Json.GetProperty("id").GetInt64() > first);
    }
}
