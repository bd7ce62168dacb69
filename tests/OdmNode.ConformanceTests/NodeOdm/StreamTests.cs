using System.Net.ServerSentEvents;
using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

/// <summary>What the node offers beyond the protocol: the console as a stream, progress, lists in detail, figures.</summary>
public sealed class StreamTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeProcess _node = shared.Node;

    [Fact]
    public async Task Every_line_is_streamed_once_with_its_number_until_the_end()
    {
        var uuid = await _node.CreateAsync("colour,hold");
        var events = FollowAsync(uuid, string.Empty);
        await _node.ReleaseAsync(uuid);
        var all = await events;
        var lines = await _node.OutputAsync(uuid);

        Assert.Equal(lines, all.SkipLast(1).Select(item => item.Data));
        Assert.Equal(Enumerable.Range(0, lines.Length).Select(number => $"{number}"), all.SkipLast(1).Select(item => item.EventId));
        Assert.Equal(("end", """{"code":40}"""), (all[^1].EventType, all[^1].Data));
    }

    [Fact]
    public async Task A_stream_begins_where_the_client_left_off()
    {
        var uuid = await _node.CreateAsync();
        await _node.WaitForEndAsync(uuid);
        var lines = await _node.OutputAsync(uuid);

        Assert.Equal(lines[2..], Lines(await FollowAsync(uuid, "?line=2")));
        Assert.Equal(lines[^2..], Lines(await FollowAsync(uuid, "?line=-2")));
        Assert.Equal(lines[4..], Lines(await FollowAsync(uuid, "?line=0", lastEventId: "3")));
        Assert.Empty(Lines(await FollowAsync(uuid, $"?line={lines.Length}")));
    }

    [Fact]
    public async Task A_stream_answers_before_there_is_a_line_to_send()
    {
        var uuid = await _node.CreateAsync("hold");
        await _node.ProcessAsync(uuid);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var answer = await _node.Http.GetAsync(
            $"/task/{uuid}/output/stream?line=1000", HttpCompletionOption.ResponseHeadersRead, patience.Token);

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        await _node.ReleaseAsync(uuid);
        await _node.WaitForEndAsync(uuid);
    }

    [Fact]
    public async Task A_removed_task_ends_its_stream_and_an_unknown_one_has_none()
    {
        var uuid = await _node.CreateAsync("hold");
        var events = FollowAsync(uuid, string.Empty);
        await _node.ProcessAsync(uuid);
        await _node.SucceedAsync("remove", uuid);

        Assert.Equal("gone", (await events)[^1].EventType);
        Assert.Equal($"{uuid} not found", (await _node.GetAsync($"/task/{uuid}/output/stream")).Error());
        Assert.Equal($"{uuid} not found", (await _node.GetAsync($"/task/{uuid}/progress")).Error());
    }

    [Fact]
    public async Task Progress_has_every_key_and_names_the_stage()
    {
        var uuid = await _node.CreateAsync("colour,progress,hold");
        await _node.WaitAsync(uuid, info => info.Progress() >= 45);
        var progress = await _node.GetAsync($"/task/{uuid}/progress");

        Assert.Equal(
            ["uuid", "status", "progress", "stage", "step", "unitsDone", "unitsPlanned", "secondsLeft", "queuePosition", "expires"],
            progress.EnumerateObject().Select(property => property.Name));
        Assert.Equal("dataset", progress.GetProperty("stage").GetString());
        Assert.Equal(JsonValueKind.Null, progress.GetProperty("expires").ValueKind);
        await _node.ReleaseAsync(uuid);
        await _node.WaitForEndAsync(uuid);
        Assert.Equal(JsonValueKind.Number, (await _node.GetAsync($"/task/{uuid}/progress")).GetProperty("expires").ValueKind);
    }

    [Fact]
    public async Task The_list_tells_details_when_asked()
    {
        var uuid = await _node.CreateAsync();
        await _node.WaitForEndAsync(uuid);
        var list = (await _node.GetAsync("/task/list?details=1")).EnumerateArray().Single(task => task.Uuid() == uuid);

        Assert.Equal((await _node.InfoAsync(uuid)).GetRawText(), list.GetRawText());
    }

    [Fact]
    public async Task An_upload_tells_what_it_holds_and_takes_a_repeated_session_without_doubles()
    {
        var uuid = await _node.InitAsync();
        await _node.UploadAsync(uuid, NodeCalls.Form("a.jpg", "b.jpg"));
        var files = (await _node.GetAsync($"/task/new/upload/{uuid}")).GetProperty("files").EnumerateArray().ToList();
        Assert.Equal(["a.jpg", "b.jpg"], files.Select(file => file.GetProperty("name").GetString()));
        Assert.Equal(11, files[0].GetProperty("size").GetInt64());
        Assert.Matches("^[0-9a-f]{32}$", files[0].GetProperty("xxh128").GetString());

        await _node.PostAsync("/task/new/init", setUuid: uuid);
        await _node.UploadAsync(uuid, NodeCalls.Form("b.jpg", "c.jpg"));
        await _node.CommitAsync(uuid);
        await _node.WaitForEndAsync(uuid);

        Assert.Equal(["a.jpg", "b.jpg", "c.jpg"], _node.Images(uuid));
        Assert.Equal("Invalid uuid (not found)", (await _node.GetAsync($"/task/new/upload/{uuid}")).Error());
    }

    [Fact]
    public async Task Health_and_figures_are_there_for_operators()
    {
        await _node.WaitForEndAsync(await _node.CreateAsync("colour"));
        using var health = await _node.Http.GetAsync("/health");
        var text = await _node.Http.GetStringAsync("/metrics");

        Assert.Equal(200, (int)health.StatusCode);
        Assert.Equal("ok", JsonElement.Parse(await health.Content.ReadAsStringAsync()).GetProperty("status").GetString());
        Assert.Matches("(?m)^odmnode_tasks\\{status=\"completed\"\\} [1-9]", text);
        Assert.Matches("(?m)^odmnode_stage_seconds_total\\{stage=\"dataset\"\\} [0-9]", text);
        Assert.Matches("(?m)^odmnode_uploaded_bytes_total [1-9]", text);
        Assert.Matches("(?m)^odmnode_resident_memory_bytes [1-9]", text);
        Assert.Matches("(?m)^odmnode_disk_free_bytes [1-9]", text);
    }

    private static IEnumerable<string> Lines(List<SseItem<string>> events) =>
        events.Where(item => item.EventType == SseParser.EventTypeDefault).Select(item => item.Data);

    private async Task<List<SseItem<string>>> FollowAsync(string uuid, string query, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/task/{uuid}/output/stream{query}");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        using var answer = await _node.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        var events = new List<SseItem<string>>();
        await foreach (var item in SseParser.Create(await answer.Content.ReadAsStreamAsync()).EnumerateAsync())
        {
            events.Add(item);
        }

        return events;
    }
}
