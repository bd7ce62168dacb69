using System.Security.Cryptography;
using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.WebOdm;

/// <summary>The daemon that scripts talk to is killed with SIGKILL and started again while tasks are on their way; its node is another process and lives on.</summary>
public sealed class KilledServerTests(TwoDaemons daemons) : IClassFixture<TwoDaemons>
{
    private WebOdmClient Client => daemons.Client;

    [Fact]
    public async Task W105_Tasks_that_were_created_a_moment_ago_all_run_once()
    {
        var creating = Enumerable.Range(0, 6).Select(_ => Client.TaskAsync("lines3")).ToList();
        var manual = await Client.TaskAsync("lines2", ("auto_processing_node", "false"));
        var paths = await Task.WhenAll(creating);
        await daemons.KillServerAsync();

        var uuids = new HashSet<string>();
        foreach (var path in paths)
        {
            var uuid = (await daemons.HurryAsync(path, 40)).GetProperty("uuid").GetString()!;
            var node = Directory.Exists(daemons.Server.PathOf(uuid)) ? daemons.Server : daemons.Other;
            await daemons.SameConsoleAsync(path, node);
            Assert.Equal(["a.jpg", "b.jpg"], node.Images(uuid));
            Assert.True(uuids.Add(uuid));
        }

        var known = (await TasksOfAsync(daemons.Server)).Concat(await TasksOfAsync(daemons.Other)).ToList();
        Assert.Equal(uuids.Order(), known.Where(uuids.Contains).Order());
        Assert.Null(WebOdmClient.Status(await Client.ReadAsync(manual)));
        await Client.PatchAsync(manual, WebOdmClient.Json("""{"processing_node":1}"""));
        await Client.WaitForAsync(manual, 40);
    }

    [Fact]
    public async Task W105_A_sending_that_was_cut_off_goes_on_with_what_the_node_lacks()
    {
        var photos = Enumerable.Range(0, 3).ToDictionary(number => $"{number}.jpg", _ => RandomNumberGenerator.GetBytes(500_000));
        var held = daemons.Relay.HoldRequest("/task/new/upload/", 200_000);
        var path = await daemons.RemoteTaskAsync(photos);
        await held;
        await NodeCalls.UntilAsync(() => Directory.GetFiles(Path.Combine(daemons.Other.Data, "tmp"), "*.jpg", SearchOption.AllDirectories).Length == 2);
        Assert.Equal(string.Empty, (await Client.ReadAsync(path)).GetProperty("uuid").GetString());
        var upload = Directory.GetDirectories(Path.Combine(daemons.Other.Data, "tmp")).Select(folder => Path.GetFileName(folder)).Single(name => name[0] != '.');
        daemons.Relay.Requests.Clear();
        await daemons.KillServerAsync();

        Assert.Equal(upload, (await daemons.HurryAsync(path, 40)).GetProperty("uuid").GetString());
        Assert.Single(daemons.Relay.Requests, request => request.StartsWith("POST /task/new/upload/", StringComparison.Ordinal));
        Assert.Equal(photos.Keys, daemons.Other.Images(upload));
        foreach (var (name, content) in photos)
        {
            Assert.Equal(content, await File.ReadAllBytesAsync(daemons.Other.PathOf(upload, "images", name)));
            Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(daemons.FolderOf(path), "images", name)));
        }

        await daemons.SameConsoleAsync(path, daemons.Other);
    }

    [Fact]
    public async Task W105_A_task_that_the_node_took_without_the_server_hearing_of_it_is_not_sent_twice()
    {
        var before = await TasksOfAsync(daemons.Other);
        var held = daemons.Relay.HoldAnswer("/task/new/commit/");
        var path = await daemons.RemoteTaskAsync("lines4");
        await held;
        var uuid = (await TasksOfAsync(daemons.Other)).Except(before).Single();
        Assert.Equal((null, string.Empty), (WebOdmClient.Status(await Client.ReadAsync(path)), (await Client.ReadAsync(path)).GetProperty("uuid").GetString()!));
        await daemons.KillServerAsync();

        Assert.Equal(uuid, (await daemons.HurryAsync(path, 40)).GetProperty("uuid").GetString());
        Assert.Equal(uuid, (await TasksOfAsync(daemons.Other)).Except(before).Single());
        Assert.Equal(1, TwoDaemons.Runs(daemons.Other, uuid));
        await daemons.SameConsoleAsync(path, daemons.Other);
    }

    [Fact]
    public async Task W105_Running_tasks_go_on_here_and_there_and_no_line_is_lost_or_doubled()
    {
        var here = await Client.TaskAsync("lines5,once,lines2", ("processing_node", "1"));
        var there = await daemons.RemoteTaskAsync("lines5,hold,lines3");
        var hereId = (await daemons.HurryAsync(here, 20)).GetProperty("uuid").GetString()!;
        var thereId = (await daemons.HurryAsync(there, 20)).GetProperty("uuid").GetString()!;
        await daemons.Server.LineAsync(hereId, "5");
        await daemons.Other.LineAsync(thereId, "5");
        await daemons.HurryAsync(there, _ => Copied(there).EndsWith("\n5\n", StringComparison.Ordinal));
        var before = await daemons.SameConsoleAsync(here, daemons.Server);
        await daemons.KillServerAsync(() => daemons.Other.ReleaseAsync(thereId));

        Assert.Equal(hereId, (await daemons.HurryAsync(here, 40)).GetProperty("uuid").GetString());
        Assert.Equal(thereId, (await daemons.HurryAsync(there, 40)).GetProperty("uuid").GetString());
        Assert.Equal(1, TwoDaemons.Runs(daemons.Other, thereId));
        Assert.Equal(before, (await daemons.SameConsoleAsync(here, daemons.Server))[..before.Length]);
        var lines = await daemons.SameConsoleAsync(there, daemons.Other);
        Assert.Equal(["1", "2", "3", "4", "5", "1", "2", "3"], lines.Where(line => line.Length == 1));
    }

    [Fact]
    public async Task W105_Results_that_were_being_fetched_arrive_whole_and_the_old_ones_are_there_until_then()
    {
        var path = await daemons.RemoteTaskAsync("write:odm_report/first.txt");
        var uuid = (await daemons.HurryAsync(path, 40)).GetProperty("uuid").GetString()!;
        await Client.PatchAsync(path, WebOdmClient.Json("""{"options":[{"name":"primary-band","value":"delete:odm_report/first.txt,fill3000000"}]}"""));
        var held = daemons.Relay.HoldAnswer("/download/all.zip", 1_000_000);
        await Client.ActAsync(path, "restart");
        await daemons.HurryAsync(path, _ => held.IsCompleted);
        await daemons.KillServerAsync(() =>
        {
            held = daemons.Relay.HoldAnswer("/download/all.zip", 100_000);
            return Task.CompletedTask;
        });

        await daemons.HurryAsync(path, _ => held.IsCompleted);
        Assert.Equal(20, WebOdmClient.Status(await Client.ReadAsync(path)));
        Assert.Equal(200, (await Client.GetAsync(path + "assets/odm_report/first.txt")).Status);
        Assert.Equal(200, (await Client.GetAsync(path + "download/all.zip")).Status);
        daemons.Relay.Release();
        Assert.Equal(uuid, (await daemons.HurryAsync(path, 40)).GetProperty("uuid").GetString());
        Assert.Equal(404, (await Client.GetAsync(path + "assets/odm_report/first.txt")).Status);
        Assert.Equal(await File.ReadAllBytesAsync(daemons.Other.PathOf(uuid, "all.zip")), await Client.Http.GetByteArrayAsync("/api/" + path + "download/all.zip"));
        Assert.Equal(
            await File.ReadAllBytesAsync(daemons.Other.PathOf(uuid, "odm_report", "fill.bin")),
            await Client.Http.GetByteArrayAsync("/api/" + path + "assets/odm_report/fill.bin"));
        await daemons.SameConsoleAsync(path, daemons.Other);
        await NodeCalls.UntilAsync(() => Directory.GetDirectories(daemons.FolderOf(path), "results-*").Length == 1);
    }

    [Fact]
    public async Task W105_Cancel_restart_and_remove_that_the_node_has_carried_out_are_not_forgotten()
    {
        var path = await daemons.RemoteTaskAsync("lines2,hold");
        var uuid = (await daemons.HurryAsync(path, 20)).GetProperty("uuid").GetString()!;
        var engine = await daemons.Other.ProcessAsync(uuid);
        await ActAndKillAsync(path, "cancel", "/task/cancel");
        var canceled = await Client.WaitForAsync(path, 50);
        Assert.Equal((uuid, JsonValueKind.Null), (canceled.GetProperty("uuid").GetString()!, canceled.GetProperty("pending_action").ValueKind));
        await NodeCalls.UntilAsync(() => !Directory.Exists($"/proc/{engine}"));
        await daemons.SameConsoleAsync(path, daemons.Other);

        // On the same node: the id and the folder with what the first run left.
        await Client.PatchAsync(path, WebOdmClient.Json("""{"options":[{"name":"primary-band","value":"lines4"}]}"""));
        await ActAndKillAsync(path, "restart", "/task/restart");
        Assert.Equal(uuid, (await daemons.HurryAsync(path, 40)).GetProperty("uuid").GetString());
        Assert.True(TwoDaemons.Runs(daemons.Other, uuid) >= 2);
        Assert.Equal(["1", "2", "3", "4"], (await daemons.SameConsoleAsync(path, daemons.Other)).Where(line => line.Length == 1));

        // On another node: everything is sent there, and the old one is free of it.
        await Client.PatchAsync(path, WebOdmClient.Json("""{"processing_node":1}"""));
        await ActAndKillAsync(path, "restart", "/task/remove");
        var moved = (await daemons.HurryAsync(path, task => WebOdmClient.Status(task) == 40 && task.GetProperty("uuid").GetString() != uuid)).GetProperty("uuid").GetString()!;
        Assert.Equal(["a.jpg", "b.jpg"], daemons.Server.Images(moved));
        Assert.False(Directory.Exists(daemons.Other.PathOf(uuid)));
        await daemons.SameConsoleAsync(path, daemons.Server);

        var last = await daemons.RemoteTaskAsync("hold");
        var lastId = (await daemons.HurryAsync(last, 20)).GetProperty("uuid").GetString()!;
        var folder = daemons.FolderOf(last);
        await ActAndKillAsync(last, "remove", "/task/remove");
        await Client.WaitUntilGoneAsync(last);
        await NodeCalls.UntilAsync(() => !Directory.Exists(folder) && !Directory.Exists(daemons.Other.PathOf(lastId)));
    }

    [Fact]
    public async Task W105_Actions_that_were_asked_for_a_moment_ago_are_carried_out()
    {
        var paths = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Client.TaskAsync("lines2,hold", ("processing_node", "1"))));
        var uuids = new List<string>();
        foreach (var path in paths)
        {
            uuids.Add((await Client.WaitForAsync(path, 20)).GetProperty("uuid").GetString()!);
            await daemons.Server.ProcessAsync(uuids[^1]);
        }

        await Task.WhenAll(Client.ActAsync(paths[0], "cancel"), Client.ActAsync(paths[1], "restart"), Client.ActAsync(paths[2], "remove"));
        await daemons.KillServerAsync();

        await Client.WaitForAsync(paths[0], 50);
        await Client.WaitUntilGoneAsync(paths[2]);
        await daemons.Server.ReleaseAsync(uuids[1]);
        Assert.Equal(uuids[1], (await Client.WaitForAsync(paths[1], 40)).GetProperty("uuid").GetString());
        Assert.Equal(["1", "2"], (await daemons.SameConsoleAsync(paths[1], daemons.Server)).Where(line => line.Length == 1));
        await NodeCalls.UntilAsync(() => !Directory.Exists(daemons.Server.PathOf(uuids[2])));
    }

    private async Task ActAndKillAsync(string path, string action, string route)
    {
        var held = daemons.Relay.HoldAnswer(route);
        await Client.ActAsync(path, action);
        await held;
        await daemons.KillServerAsync();
    }

    private string Copied(string path) => File.ReadAllText(Path.Combine(daemons.FolderOf(path), "console", "console.log"));

    private static async Task<List<string>> TasksOfAsync(NodeProcess node) =>
        [.. (await node.GetAsync("/task/list")).EnumerateArray().Select(task => task.GetProperty("uuid").GetString()!)];
}
