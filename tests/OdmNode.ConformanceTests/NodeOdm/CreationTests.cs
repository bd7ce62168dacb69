using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

public sealed class CreationTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeProcess _node = shared.Node;

    [Fact]
    public async Task N44_N53_N63_N65_A_task_is_created_in_three_steps()
    {
        var uuid = await InitAsync();
        Assert.Equal("""{"success":true}""", (await UploadAsync(uuid, NodeCalls.Form("a.jpg"))).GetRawText());
        using var empty = new ByteArrayContent([]);
        empty.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data");
        var committed = await _node.PostAsync($"/task/new/commit/{uuid}", empty);

        Assert.Equal(uuid, committed.GetProperty("uuid").GetString());
        Assert.Equal("Invalid uuid (not found)", (await _node.PostAsync($"/task/new/commit/{uuid}")).Error());
        Assert.Equal("Invalid uuid (not found)", (await UploadAsync(uuid, NodeCalls.Form("b.jpg"))).Error());
        Assert.Equal(40, (await _node.WaitForEndAsync(uuid)).Code());
    }

    [Theory]
    [InlineData("7081fd70-35b0-4621-8834-517f69782004", true)]
    [InlineData("7081FD70-35B0-7621-8834-517F69782AAA", true)]
    [InlineData("7081fd70-35b0-8621-8834-517f69782004", false)]
    [InlineData("7081fd70-35b0-4621-0834-517f69782004", false)]
    [InlineData("../../etc", false)]
    public async Task N45_N46_N47_N48_A_given_id_is_kept_or_refused(string uuid, bool isAccepted)
    {
        var first = await _node.PostAsync("/task/new/init", setUuid: uuid);
        var second = await _node.PostAsync("/task/new/init", setUuid: uuid);

        if (isAccepted)
        {
            Assert.Equal(uuid, first.GetProperty("uuid").GetString());
            Assert.Equal(uuid, second.GetProperty("uuid").GetString());
        }
        else
        {
            Assert.Equal($"Invalid set-uuid: {uuid}", first.Error());
        }
    }

    [Fact]
    public async Task N47_N71_The_id_of_a_task_is_refused()
    {
        const string uuid = "11111111-35b0-4621-8834-517f69782004";
        Assert.Equal(uuid, (await _node.PostAsync("/task/new", NodeCalls.Form("a.jpg"), uuid)).GetProperty("uuid").GetString());

        Assert.Equal($"Invalid set-uuid: {uuid}", (await _node.PostAsync("/task/new/init", setUuid: uuid)).Error());
        Assert.Equal($"Invalid set-uuid: {uuid}", (await _node.PostAsync("/task/new", NodeCalls.Form("a.jpg"), uuid)).Error());
    }

    [Fact]
    public async Task N49_N50_N51_N52_Init_takes_text_fields_alone()
    {
        Assert.True((await _node.PostAsync("/task/new/init")).TryGetProperty("uuid", out _));
        Assert.True((await _node.PostAsync("/task/new/init", new StringContent("name=x"))).TryGetProperty("uuid", out _));
        Assert.Equal("Unexpected field", (await _node.PostAsync("/task/new/init", NodeCalls.Form("a.jpg"))).Error());
        using var unbounded = new ByteArrayContent([]);
        unbounded.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data");
        Assert.Equal("Multipart: Boundary not found", (await _node.PostAsync("/task/new/init", unbounded)).Error());
        using var options = new MultipartFormDataContent { { new StringContent("""[{"name":"dsm","value":"yes"}]"""), "options" } };
        Assert.Equal(
            """[{"name":"dsm","error":"Cannot convert yes to boolean"}]""",
            (await _node.PostAsync("/task/new/init", options)).Error());
    }

    [Fact]
    public async Task N17_A_field_beyond_a_mebibyte_is_refused()
    {
        using var form = new MultipartFormDataContent { { new StringContent(new string('x', (1 << 20) + 1)), "name" } };

        Assert.Equal("Field value too long", (await _node.PostAsync("/task/new/init", form)).Error());
    }

    [Fact]
    public async Task N54_N55_N61_N62_Many_files_arrive_in_parallel_and_text_parts_are_ignored()
    {
        var uuid = await InitAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async request =>
        {
            var form = NodeCalls.Form([.. Enumerable.Range(0, 10).Select(file => $"{request}-{file}.jpg")]);
            form.Add(new StringContent("ignored"), "images");
            form.Add(new ByteArrayContent([]), "images", $"{request}-empty.jpg");
            Assert.True((await UploadAsync(uuid, form)).GetProperty("success").GetBoolean());
        }));
        await _node.PostAsync($"/task/new/commit/{uuid}");
        await _node.WaitForEndAsync(uuid);

        Assert.Equal(220, Directory.GetFiles(Images(uuid)).Length);
    }

    [Fact]
    public async Task N56_N57_N58_Uploads_without_a_proper_file_are_refused()
    {
        var uuid = await InitAsync();

        Assert.Equal("Invalid uuid (not found)", (await UploadAsync("11111111-2222-4333-8444-555555555555", NodeCalls.Form("a.jpg"))).Error());
        Assert.Equal("""{"error":"Need at least 1 file.","noRetry":true}""", (await _node.PostAsync($"/task/new/upload/{uuid}")).GetRawText());
        using var other = new MultipartFormDataContent { { new ByteArrayContent([1]), "photos", "a.jpg" } };
        Assert.Equal("Unexpected field", (await UploadAsync(uuid, other)).Error());
        using var text = new MultipartFormDataContent { { new StringContent("x"), "images" } };
        Assert.Equal("Need at least 1 file.", (await UploadAsync(uuid, text)).Error());
    }

    [Fact]
    public async Task N59_N60_A_truncated_file_leaves_nothing_and_a_retry_keeps_its_name()
    {
        var uuid = await InitAsync();
        const string start = "--b\r\nContent-Disposition: form-data; name=\"images\"; filename=\"a.jpg\"\r\n\r\nhalf";
        using var truncated = new StringContent(start);
        truncated.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        Assert.Equal("Unexpected end of multipart data", (await UploadAsync(uuid, truncated)).Error());
        await BreakOffAsync(uuid, start);
        await UploadAsync(uuid, NodeCalls.Form("a.jpg"));
        await _node.PostAsync($"/task/new/commit/{uuid}");
        await _node.WaitForEndAsync(uuid);

        var file = Assert.Single(Directory.GetFiles(Images(uuid)));
        Assert.Equal("a.jpg", Path.GetFileName(file));
        Assert.Equal("content of ", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task N66_N67_A_commit_without_files_discards_the_upload()
    {
        var uuid = await InitAsync();

        Assert.Equal($"{uuid} not found", (await _node.InfoAsync(uuid)).Error());
        Assert.Equal($"{uuid} not found", (await _node.ActAsync("cancel", uuid)).Error());
        Assert.Equal("Need at least 1 file.", (await _node.PostAsync($"/task/new/commit/{uuid}")).Error());
        Assert.Equal("Invalid uuid (not found)", (await _node.PostAsync($"/task/new/commit/{uuid}")).Error());
    }

    [Fact]
    public async Task N13_N69_N70_N77_N79_Fields_after_chunked_files_are_honoured()
    {
        var form = NodeCalls.Form("a.jpg");
        form.Add(new StringContent("Überflug №7"), "name");
        form.Add(new StringContent("1500000000000.7"), "dateCreated");
        form.Add(new StringContent("true"), "skipPostProcessing");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/task/new") { Content = form };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await _node.Http.SendAsync(request);
        var uuid = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("uuid").GetString()!;

        var info = await _node.InfoAsync(uuid);
        Assert.Equal("Überflug №7", info.GetProperty("name").GetString());
        Assert.Equal(1500000000000, info.GetProperty("dateCreated").GetInt64());
    }

    [Fact]
    public async Task N14_A_file_above_128_megabytes_is_accepted_unchanged()
    {
        var bytes = new byte[140_000_000];
        new Random(7).NextBytes(bytes);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "images", "large.tif" } };
        var uuid = (await _node.PostAsync("/task/new", form)).GetProperty("uuid").GetString()!;
        await _node.WaitForEndAsync(uuid);

        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(Images(uuid), "large.tif")));
    }

    [Fact]
    public async Task N72_N78_A_request_without_files_is_refused_and_a_task_without_name_gets_one()
    {
        Assert.Equal("Need at least 1 file or a zip file url.", (await _node.PostAsync("/task/new")).Error());
        var uuid = await _node.CreateAsync();

        Assert.Matches(@"^Task of \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", (await _node.InfoAsync(uuid)).GetProperty("name").GetString());
    }

    private async Task<string> InitAsync() => (await _node.PostAsync("/task/new/init")).GetProperty("uuid").GetString()!;

    private Task<JsonElement> UploadAsync(string uuid, HttpContent form) => _node.PostAsync($"/task/new/upload/{uuid}", form);

    private string Images(string uuid) => Path.Combine(_node.Data, uuid, "images");

    /// <summary>A sender that goes away in the middle of a file.</summary>
    private async Task BreakOffAsync(string uuid, string start)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", _node.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /task/new/upload/{uuid} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n{start}"));
        await Task.Delay(100);
    }
}
