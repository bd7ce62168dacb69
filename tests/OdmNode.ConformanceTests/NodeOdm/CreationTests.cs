using System.Net.Http.Headers;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

/// <summary>Creation in three steps: init and upload.</summary>
public sealed class CreationTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private const string Success = """{"success":true}""";
    private const string InvalidUuid = """{"error":"Invalid uuid (not found)"}""";
    private const string NeedFile = """{"error":"Need at least 1 file.","noRetry":true}""";

    private readonly NodeProcess _node = shared.Node;

    [Fact]
    public async Task N44_N53_N65_A_task_is_created_in_three_steps()
    {
        var uuid = await _node.InitAsync(("name", "first"));
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", uuid);
        Assert.Equal(Success, (await _node.UploadAsync(uuid, NodeCalls.Form("a.jpg"))).GetRawText());
        Assert.Equal($$"""{"uuid":"{{uuid}}"}""", (await _node.CommitAsync(uuid)).GetRawText());

        Assert.Equal(InvalidUuid, (await _node.CommitAsync(uuid)).GetRawText());
        Assert.Equal(InvalidUuid, (await _node.UploadAsync(uuid, NodeCalls.Form("b.jpg"))).GetRawText());
        var info = await _node.WaitForEndAsync(uuid);
        Assert.Equal(40, info.Code());
        Assert.Equal("first", info.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("7081fd70-35b0-4621-8834-517f69782004")]
    [InlineData("7081fd70-35b0-1621-9834-517f69782004")]
    [InlineData("7081FD70-35B0-7621-8834-517F69782AAA")]
    public async Task N45_N46_N47_N48_A_given_id_is_kept_in_its_letter_case_and_may_be_given_again(string uuid)
    {
        Assert.Equal($$"""{"uuid":"{{uuid}}"}""", (await _node.PostAsync("/task/new/init", setUuid: uuid)).GetRawText());
        Assert.Equal(Success, (await _node.UploadAsync(uuid, NodeCalls.Form("a.jpg"))).GetRawText());
        using var second = new MultipartFormDataContent { { new StringContent("second"), "name" } };
        Assert.Equal($$"""{"uuid":"{{uuid}}"}""", (await _node.PostAsync("/task/new/init", second, uuid)).GetRawText());
        Assert.Equal(Success, (await _node.UploadAsync(uuid, NodeCalls.Form("b.jpg"))).GetRawText());
        Assert.Equal($$"""{"uuid":"{{uuid}}"}""", (await _node.CommitAsync(uuid)).GetRawText());

        var info = await _node.WaitForEndAsync(uuid);
        Assert.Equal("second", info.GetProperty("name").GetString());
        Assert.Equal(["a.jpg", "b.jpg"], _node.Images(uuid));
    }

    [Theory]
    [InlineData("7081fd70-35b0-8621-8834-517f69782004")]
    [InlineData("7081fd70-35b0-0621-8834-517f69782004")]
    [InlineData("7081fd70-35b0-4621-0834-517f69782004")]
    [InlineData("7081fd70-35b0-4621-c834-517f69782004")]
    [InlineData("7081fd70-35b0-4621-8834-517f6978200")]
    [InlineData("7081fd70-35b0-4621-8834-517f69782004x")]
    [InlineData("../../etc")]
    public async Task N46_An_id_that_is_none_is_refused(string uuid)
    {
        Assert.Equal($$"""{"error":"Invalid set-uuid: {{uuid}}"}""", (await _node.PostAsync("/task/new/init", setUuid: uuid)).GetRawText());
        Assert.Equal($"Invalid set-uuid: {uuid}", (await _node.PostAsync("/task/new", NodeCalls.Form("a.jpg"), uuid)).Error());
    }

    [Fact]
    public async Task N47_N71_The_id_of_a_task_is_refused()
    {
        const string uuid = "11111111-35b0-4621-8834-517f69782004";
        Assert.Equal(uuid, (await _node.PostAsync("/task/new", NodeCalls.Form("a.jpg"), uuid)).Uuid());

        Assert.Equal($"Invalid set-uuid: {uuid}", (await _node.PostAsync("/task/new/init", setUuid: uuid)).Error());
        Assert.Equal($"Invalid set-uuid: {uuid}", (await _node.PostAsync("/task/new", NodeCalls.Form("a.jpg"), uuid)).Error());
    }

    [Fact]
    public async Task N49_A_body_of_another_type_counts_as_no_fields()
    {
        foreach (var body in (HttpContent?[])[null, Content("name=x&options=[{", "application/x-www-form-urlencoded"), Content("{\"name\":\"x\"", "application/json")])
        {
            var uuid = (await _node.PostAsync("/task/new/init", body)).Uuid();
            await _node.UploadAsync(uuid, NodeCalls.Form("a.jpg"));
            await _node.CommitAsync(uuid);
            Assert.StartsWith("Task of ", (await _node.InfoAsync(uuid)).GetProperty("name").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task N50_Init_takes_text_fields_alone()
    {
        Assert.Equal("""{"error":"Unexpected field"}""", (await _node.PostAsync("/task/new/init", NodeCalls.Form("a.jpg"))).GetRawText());
        using var other = new MultipartFormDataContent { { new ByteArrayContent([1]), "photo", "a.jpg" } };
        Assert.Equal("""{"error":"Unexpected field"}""", (await _node.PostAsync("/task/new/init", other)).GetRawText());
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    public async Task N51_A_form_without_boundary_is_refused(string type) => Assert.Equal(
        """{"error":"Multipart: Boundary not found"}""",
        (await RawConnection.ExchangeAsync(_node, $"POST /task/new/init HTTP/1.1\r\nHost: x\r\nContent-Type: {type}\r\nContent-Length: 0\r\n\r\n")).Text);

    [Fact]
    public async Task N52_Init_with_invalid_options_leaves_nothing_behind()
    {
        const string uuid = "22222222-35b0-4621-8834-517f69782004";
        using var options = new MultipartFormDataContent { { new StringContent("""[{"name":"dsm","value":"yes"}]"""), "options" } };

        Assert.Equal(
            """{"error":"[{\"name\":\"dsm\",\"error\":\"Cannot convert yes to boolean\"}]"}""",
            (await _node.PostAsync("/task/new/init", options, uuid)).GetRawText());
        Assert.Empty(Directory.GetFileSystemEntries(_node.Data, $"{uuid}*", SearchOption.AllDirectories));
        Assert.Equal(InvalidUuid, (await _node.UploadAsync(uuid, NodeCalls.Form("a.jpg"))).GetRawText());
    }

    [Fact]
    public async Task N54_N55_N61_N62_Many_files_arrive_in_parallel_and_text_parts_are_ignored()
    {
        var uuid = await _node.InitAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async request =>
        {
            var form = NodeCalls.Form([.. Enumerable.Range(0, 10).Select(file => $"{request:00}-{file}.jpg")]);
            form.Add(new StringContent("ignored"), "images");
            form.Add(new StringContent("ignored"), "name");
            form.Add(new ByteArrayContent([]), "images", $"{request:00}-empty.jpg");
            Assert.Equal(Success, (await _node.UploadAsync(uuid, form)).GetRawText());
        }));
        await _node.CommitAsync(uuid);
        var info = await _node.WaitForEndAsync(uuid);

        Assert.Equal(
            Enumerable.Range(0, 20).SelectMany(request => Enumerable.Range(0, 10).Select(file => $"{request:00}-{file}.jpg").Append($"{request:00}-empty.jpg")),
            _node.Images(uuid));
        Assert.Equal(0, new FileInfo(_node.PathOf(uuid, "images", "07-empty.jpg")).Length);
        Assert.StartsWith("Task of ", info.GetProperty("name").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("11111111-2222-4333-8444-555555555555")]
    [InlineData("wrong")]
    [InlineData("..%2F..%2Fetc")]
    public async Task N56_An_upload_to_an_unknown_id_is_refused(string uuid) =>
        Assert.Equal(InvalidUuid, (await _node.UploadAsync(uuid, NodeCalls.Form("a.jpg"))).GetRawText());

    [Fact]
    public async Task N57_An_upload_without_a_file_is_pointless_to_repeat()
    {
        var uuid = await _node.InitAsync();
        using var text = new MultipartFormDataContent { { new StringContent("x"), "images" } };
        using var unnamed = new RawForm();

        Assert.Equal(NeedFile, (await _node.PostAsync($"/task/new/upload/{uuid}")).GetRawText());
        Assert.Equal(NeedFile, (await _node.UploadAsync(uuid, Content("images=a.jpg", "application/x-www-form-urlencoded"))).GetRawText());
        Assert.Equal(NeedFile, (await _node.UploadAsync(uuid, text)).GetRawText());
        Assert.Equal(NeedFile, (await _node.UploadAsync(uuid, unnamed.File("").End().ToContent())).GetRawText());
    }

    [Fact]
    public async Task N58_A_file_under_another_field_name_is_refused()
    {
        var uuid = await _node.InitAsync();
        using var other = new MultipartFormDataContent { { new ByteArrayContent([1]), "photos", "a.jpg" } };

        Assert.Equal("""{"error":"Unexpected field"}""", (await _node.UploadAsync(uuid, other)).GetRawText());
        Assert.Equal("""{"error":"Need at least 1 file."}""", (await _node.CommitAsync(uuid)).GetRawText());
    }

    [Fact]
    public async Task N59_N60_A_truncated_file_leaves_nothing_and_a_retry_keeps_its_name()
    {
        var uuid = await _node.InitAsync();
        var half = "--b\r\nContent-Disposition: form-data; name=\"images\"; filename=\"a.jpg\"\r\n\r\n" + new string('x', 1_000_000);
        using var truncated = Content(half, "multipart/form-data; boundary=b");
        Assert.Equal("""{"error":"Unexpected end of multipart data"}""", (await _node.UploadAsync(uuid, truncated)).GetRawText());

        // And a sender that goes away in the middle of a file.
        using (var connection = await RawConnection.OpenAsync(_node))
        {
            await connection.SendAsync(
                $"POST /task/new/upload/{uuid} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000000\r\n\r\n{half}");
            await NodeCalls.UntilAsync(() => HoldsHalf(uuid));
        }

        await NodeCalls.UntilAsync(() => !HoldsHalf(uuid));
        Assert.Equal(Success, (await _node.UploadAsync(uuid, NodeCalls.Form("a.jpg"))).GetRawText());
        await _node.CommitAsync(uuid);
        await _node.WaitForEndAsync(uuid);
        Assert.Equal(["a.jpg"], _node.Images(uuid));
        Assert.Equal("content of ", await File.ReadAllTextAsync(_node.PathOf(uuid, "images", "a.jpg")));
    }

    /// <summary>Whether something of a photo lies in the folder of an upload.</summary>
    private bool HoldsHalf(string uuid) =>
        new DirectoryInfo(Path.Combine(_node.Data, "tmp", uuid)).EnumerateFiles("*", SearchOption.AllDirectories).Any(file => file.Exists && file.Length > 10_000);

    private static StringContent Content(string text, string type) => new(text, MediaTypeHeaderValue.Parse(type));
}
