using System.Globalization;
using System.Security.Cryptography;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.WebOdm;

public sealed class StepwiseCreationTests(WebOdmNode shared) : IClassFixture<WebOdmNode>, IAsyncLifetime
{
    private readonly NodeProcess _node = shared.Node;
    private WebOdmClient _client = null!;
    private string _tasks = null!;

    public async Task InitializeAsync()
    {
        _client = await WebOdmClient.LogInAsync(_node);
        _tasks = $"projects/{await _client.ProjectAsync()}/tasks/";
    }

    public Task DisposeAsync()
    {
        _client.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task W63_W64_W68_Files_come_one_after_the_other_and_commit_starts()
    {
        var task = await DraftAsync();
        Assert.Equal((200, """{"success":true,"uploaded":{"a.jpg":16}}"""), (await UploadAsync(task, "a.jpg")).Both);
        Assert.Equal((200, """{"success":true,"uploaded":{"b.jpg":16,"gcp.txt":18}}"""), (await UploadAsync(task, "b.jpg", "gcp.txt")).Both);
        Assert.Equal((400, """["No files uploaded"]"""), (await _client.PostAsync(task + "upload/", WebOdmClient.Files([], ("name", "in steps")))).Both);
        var draft = await _client.ReadAsync(task);
        Assert.True(draft.GetProperty("partial").GetBoolean());
        Assert.Equal((2, string.Empty), (draft.GetProperty("images_count").GetInt32(), draft.GetProperty("uuid").GetString()!));

        var committed = await _client.PostAsync(task + "commit/");
        Assert.Equal(200, committed.Status);
        Assert.False(committed.Json.GetProperty("partial").GetBoolean());
        Assert.Equal(2, committed.Json.GetProperty("images_count").GetInt32());
        await _client.WaitForAsync(task, 40);
    }

    [Fact]
    public async Task W65_Parallel_uploads_lose_nothing()
    {
        var task = await DraftAsync();
        await Task.WhenAll(Enumerable.Range(0, 24).Select(number => UploadAsync(task, $"{number}-a.jpg", $"{number}-b.jpg")));
        Assert.Equal(48, (await _client.ReadAsync(task)).GetProperty("images_count").GetInt32());
    }

    [Fact]
    public async Task W66_W67_Pieces_may_come_in_any_order_and_more_than_once()
    {
        var task = await DraftAsync();
        var content = RandomNumberGenerator.GetBytes(1000);
        foreach (var index in (int[])[3, 0, 2, 0])
        {
            Assert.Equal((200, """{"success":true,"uploaded":{}}"""), (await PieceAsync(task, content, index)).Both);
        }

        Assert.Equal((200, """{"success":true,"uploaded":{"big.jpg":1000}}"""), (await PieceAsync(task, content, 1)).Both);
        var path = Path.Combine(_node.Data, "webodm", "tasks", task.TrimEnd('/').Split('/')[^1], "images", "big.jpg");
        Assert.Equal(content, await File.ReadAllBytesAsync(path));
        Assert.Equal(1, (await _client.ReadAsync(task)).GetProperty("images_count").GetInt32());
    }

    [Fact]
    public async Task A_task_that_is_removed_while_a_file_comes_is_gone_with_the_file()
    {
        var task = await DraftAsync();
        var folder = Path.Combine(_node.Data, "webodm", "tasks", task.TrimEnd('/').Split('/')[^1]);
        using var content = new InterruptedContent();
        var uploading = _client.PostAsync(task + "upload/", content);
        for (var attempt = 0; !Directory.Exists(folder); attempt++)
        {
            Assert.True(attempt < 400, "The upload does not begin.");
            await Task.Delay(25);
        }

        Assert.Equal(204, (await _client.DeleteAsync(task)).Status);
        for (var attempt = 0; Directory.Exists(folder); attempt++)
        {
            Assert.True(attempt < 400, "The task is not erased.");
            await Task.Delay(25);
        }

        content.GoOn();
        Assert.Equal((404, """{"detail":"Not found."}"""), (await uploading).Both);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Malformed_pieces_are_refused()
    {
        var task = await DraftAsync();
        (int, string) refused = (400, """["chunkIndex is not an int"]""");
        Assert.Equal(refused, (await PieceAsync(task, new byte[10], 0, index: "x")).Both);
        Assert.Equal(refused, (await PieceAsync(task, new byte[10], 0, index: "4")).Both);
        Assert.Equal(refused, (await PieceAsync(task, new byte[10], 0, index: "-1")).Both);
        var far = WebOdmClient.Files(
            ["big.jpg"], ("dzuuid", "1"), ("dzchunkindex", "0"), ("dztotalchunkcount", "2"), ("dzchunkbyteoffset", "9000000000000000000"));
        Assert.Equal(refused, (await _client.PostAsync(task + "upload/", far)).Both);
    }

    [Fact]
    public async Task W68_W69_Commit_without_files_and_steps_on_absent_tasks()
    {
        var task = await DraftAsync();
        Assert.Equal((400, """["You need to upload at least 1 file before commit"]"""), (await _client.PostAsync(task + "commit/")).Both);
        foreach (var step in (string[])["upload/", "commit/"])
        {
            Assert.Equal((404, """{"detail":"Not found."}"""), (await _client.PostAsync($"{_tasks}99999/{step}", WebOdmClient.Files(["a.jpg"]))).Both);
        }
    }

    [Fact]
    public async Task W70_Partial_false_is_an_ordinary_creation()
    {
        var answer = await _client.PostAsync(_tasks, WebOdmClient.Files(["a.jpg", "b.jpg"], ("partial", "false")));
        Assert.Equal(201, answer.Status);
        Assert.False(answer.Json.GetProperty("partial").GetBoolean());
        Assert.Equal(400, (await _client.PostAsync(_tasks, WebOdmClient.Files([], ("partial", "false")))).Status);
    }

    [Fact]
    public async Task Files_are_refused_while_a_task_is_processed_and_after_it_a_restart_sends_them()
    {
        var task = await _client.TaskAsync("hold");
        var uuid = (await _client.WaitForAsync(task, 20)).GetProperty("uuid").GetString()!;
        Assert.Equal(400, (await UploadAsync(task, "c.jpg")).Status);
        await _node.ProcessAsync(uuid);
        await _node.ReleaseAsync(uuid);
        await _client.WaitForAsync(task, 40);

        Assert.Equal(200, (await UploadAsync(task, "c.jpg")).Status);
        await _client.PatchAsync(task, WebOdmClient.Json("""{"options":[]}"""));
        await _client.ActAsync(task, "restart");
        var again = await _client.WaitAsync(task, found => found.GetProperty("uuid").GetString() is { Length: > 0 } other && other != uuid && WebOdmClient.Status(found) == 40);
        Assert.Equal(["a.jpg", "b.jpg", "c.jpg"], _node.Images(again.GetProperty("uuid").GetString()!));
    }

    [Fact]
    public async Task An_action_ends_the_steps()
    {
        var task = await DraftAsync();
        await UploadAsync(task, "a.jpg");
        await _client.ActAsync(task, "cancel");
        Assert.False((await _client.WaitForAsync(task, 50)).GetProperty("partial").GetBoolean());
    }

    private async Task<string> DraftAsync()
    {
        var answer = await _client.PostAsync(_tasks, WebOdmClient.Form(("partial", "true"), ("name", "in steps")));
        Assert.Equal(201, answer.Status);
        Assert.True(answer.Json.GetProperty("partial").GetBoolean());
        Assert.Equal(0, answer.Json.GetProperty("images_count").GetInt32());
        return $"{_tasks}{answer.Json.GetProperty("id")}/";
    }

    private Task<WebAnswer> UploadAsync(string task, params string[] files) => _client.PostAsync(task + "upload/", WebOdmClient.Files(files));

    /// <summary>One of four pieces.</summary>
    private Task<WebAnswer> PieceAsync(string task, byte[] content, int number, string? index = null)
    {
        var length = content.Length / 4;
        var form = new MultipartFormDataContent { { new ByteArrayContent(content, number * length, length), "file", "big.jpg" } };
        foreach (var (name, value) in ((string, string)[])
        [
            ("dzuuid", "1f-2e_/x"), ("dzchunkindex", index ?? number.ToString(CultureInfo.InvariantCulture)), ("dztotalchunkcount", "4"),
            ("dzchunkbyteoffset", (number * length).ToString(CultureInfo.InvariantCulture)),
        ])
        {
            form.Add(new StringContent(value), name);
        }

        return _client.PostAsync(task + "upload/", form);
    }
}
