using System.Security.Cryptography;
using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.WebOdm;

/// <summary>The node that works on a task is killed with SIGKILL, and comes back, stays away, or comes back without the task.</summary>
public sealed class KilledNodeTests(TwoDaemons daemons) : IClassFixture<TwoDaemons>
{
    private WebOdmClient Client => daemons.Client;

    [Fact]
    public async Task A_node_that_dies_while_photos_come_gets_the_rest_of_them()
    {
        var photos = Enumerable.Range(0, 3).ToDictionary(number => $"{number}.jpg", _ => RandomNumberGenerator.GetBytes(300_000));
        var held = daemons.Relay.HoldRequest("/task/new/upload/", 100_000);
        var path = await daemons.RemoteTaskAsync(photos);
        await held;
        await NodeCalls.UntilAsync(() => Directory.GetFiles(Path.Combine(daemons.Other.Data, "tmp"), "*.jpg", SearchOption.AllDirectories).Length == 2);
        var upload = Directory.GetDirectories(Path.Combine(daemons.Other.Data, "tmp")).Select(folder => Path.GetFileName(folder)).Single(name => name[0] != '.');
        await daemons.KillOtherAsync();

        Assert.Equal(upload, (await daemons.HurryAsync(path, 40)).GetProperty("uuid").GetString());
        foreach (var (name, content) in photos)
        {
            Assert.Equal(content, await File.ReadAllBytesAsync(daemons.Other.PathOf(upload, "images", name)));
        }

        await daemons.SameConsoleAsync(path, daemons.Other);
    }

    [Fact]
    public async Task A_node_that_dies_while_it_works_goes_on_and_no_line_is_lost_or_doubled()
    {
        var path = await daemons.RemoteTaskAsync("lines5,once,lines3");
        var uuid = (await daemons.HurryAsync(path, 20)).GetProperty("uuid").GetString()!;
        await daemons.Other.LineAsync(uuid, "5");
        await daemons.KillOtherAsync(() => StaysAsync(path, 20));

        Assert.Equal(uuid, (await daemons.HurryAsync(path, 40)).GetProperty("uuid").GetString());
        var lines = await daemons.SameConsoleAsync(path, daemons.Other);
        Assert.Equal(["1", "2", "3", "4", "5", "1", "2", "3", "4", "5", "1", "2", "3"], lines.Where(line => line.Length == 1));
    }

    [Fact]
    public async Task A_server_that_comes_back_before_its_node_waits_for_it()
    {
        var path = await daemons.RemoteTaskAsync("lines2,once");
        var uuid = (await daemons.HurryAsync(path, 20)).GetProperty("uuid").GetString()!;
        await daemons.Other.ProcessAsync(uuid);
        await daemons.KillOtherAsync(async () =>
        {
            await daemons.KillServerAsync();
            await StaysAsync(path, 20);
        });

        Assert.Equal(uuid, (await daemons.HurryAsync(path, 40)).GetProperty("uuid").GetString());
        await daemons.SameConsoleAsync(path, daemons.Other);
    }

    [Fact]
    public async Task A_restart_waits_for_a_node_that_is_away_for_a_moment_and_reuses_what_is_there()
    {
        var path = await daemons.RemoteTaskAsync("lines2");
        var uuid = (await daemons.HurryAsync(path, 40)).GetProperty("uuid").GetString()!;
        await daemons.KillOtherAsync(async () =>
        {
            await Client.ActAsync(path, "restart");
            await Task.Delay(500);
            var waiting = await Client.ReadAsync(path);
            Assert.Equal((3, uuid), (waiting.GetProperty("pending_action").GetInt32(), waiting.GetProperty("uuid").GetString()!));
            Assert.Equal(200, (await Client.GetAsync(path + "download/all.zip")).Status);
            await daemons.KillServerAsync();
        });

        await daemons.HurryAsync(path, task => task.GetProperty("pending_action").ValueKind == JsonValueKind.Null);
        Assert.Equal(uuid, (await daemons.HurryAsync(path, 40)).GetProperty("uuid").GetString());
        Assert.Equal(2, TwoDaemons.Runs(daemons.Other, uuid));
        Assert.Equal(["1", "2"], (await daemons.SameConsoleAsync(path, daemons.Other)).Where(line => line.Length == 1));
    }

    [Fact]
    public async Task W98_A_node_that_comes_back_without_the_task_has_lost_it_and_a_restart_sends_it_anew()
    {
        var path = await daemons.RemoteTaskAsync("lines2,hold");
        var uuid = (await daemons.HurryAsync(path, 20)).GetProperty("uuid").GetString()!;
        var engine = await daemons.Other.ProcessAsync(uuid);
        await daemons.KillOtherAsync(() =>
        {
            System.Diagnostics.Process.GetProcessById(engine).Kill();
            Directory.Delete(daemons.Other.Data, recursive: true);
            return Task.CompletedTask;
        });

        Assert.Equal($"{uuid} not found", (await daemons.HurryAsync(path, 30)).GetProperty("last_error").GetString());
        await Client.PatchAsync(path, WebOdmClient.Json("""{"options":[{"name":"primary-band","value":"lines3"}]}"""));
        await Client.ActAsync(path, "restart");
        var done = await daemons.HurryAsync(path, task => WebOdmClient.Status(task) == 40);
        var anew = done.GetProperty("uuid").GetString()!;
        Assert.NotEqual(uuid, anew);
        Assert.Equal(["a.jpg", "b.jpg"], daemons.Other.Images(anew));
        Assert.Equal(["1", "2", "3"], (await daemons.SameConsoleAsync(path, daemons.Other)).Where(line => line.Length == 1));
    }

    [Fact]
    public async Task A_node_that_stays_away_fails_a_sending_with_the_reason_and_a_restart_elsewhere_has_all_photos()
    {
        var path = string.Empty;
        await daemons.KillOtherAsync(async () =>
        {
            path = await daemons.RemoteTaskAsync("lines2");
            await daemons.KillServerAsync();
            var failed = await daemons.HurryAsync(path, 30);
            Assert.StartsWith("Connection error: ", failed.GetProperty("last_error").GetString(), StringComparison.Ordinal);
            await Client.PatchAsync(path, WebOdmClient.Json("""{"processing_node":1}"""));
            await Client.ActAsync(path, "restart");
            var done = await daemons.HurryAsync(path, task => WebOdmClient.Status(task) == 40);
            Assert.Equal(["a.jpg", "b.jpg"], daemons.Server.Images(done.GetProperty("uuid").GetString()!));
        });
    }

    /// <summary>The task keeps its state while the server asks in vain.</summary>
    private async Task StaysAsync(string path, int status)
    {
        for (var look = 0; look < 10; look++)
        {
            Assert.Equal(status, WebOdmClient.Status(await daemons.HurryAsync(path, _ => true)));
            await Task.Delay(100);
        }
    }
}
