using System.Text;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.HostileInput;

/// <summary>Names and ids that try to lead out of the task's folder.</summary>
public sealed class HostileNameTests(HostileNode shared) : IClassFixture<HostileNode>
{
    private const string ControlRefusal = """{"error":"Invalid file name: it holds control characters","noRetry":true}""";

    private readonly NodeProcess _node = shared.Node;

    public static TheoryData<string> Segments =>
    [
        "..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd", "..%5c..%5cx", "%252e%252e%252f", "%00", "%ff%fe", "%u002e", ".", "~", "*", "con",
        "11111111-2222-4333-8444-555555555555%2f..", "11111111-2222-4333-8444-555555555555%0a", new string('a', 4000),
    ];

    [Theory]
    [InlineData("../../escaped.jpg", "escaped.jpg")]
    [InlineData("..\\..\\escaped.jpg", "escaped.jpg")]
    [InlineData("/tmp/escaped.jpg", "escaped.jpg")]
    [InlineData("....//....//escaped.jpg", "escaped.jpg")]
    [InlineData("images/../../escaped.jpg", "escaped.jpg")]
    [InlineData("%2e%2e%2f%2e%2e%2fescaped.jpg", "%2e%2e%2f%2e%2e%2fescaped.jpg")]
    [InlineData("escaped.jpg/..", "_..")]
    [InlineData("..／escaped.jpg", "..／escaped.jpg")]
    [InlineData("~", "~")]
    [InlineData("$(touch escaped)", "$(touch escaped)")]
    [InlineData("-rf", "-rf")]
    public async Task A_file_name_never_leads_out_of_the_images_folder(string given, string stored)
    {
        using var form = new RawForm();
        var uuid = (await _node.PostAsync("/task/new", form.File(given).End().ToContent())).Uuid();
        await _node.WaitForEndAsync(uuid);

        Assert.Equal([stored], _node.Images(uuid));
        await shared.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("filename=\"nul\0l.jpg\"")]
    [InlineData("filename=\"bell\a.jpg\"")]
    [InlineData("filename=\"delete\u007f.jpg\"")]
    [InlineData("filename=\"next\u0085line.jpg\"")]
    [InlineData("filename*=UTF-8''line%0abreak.jpg")]
    [InlineData("filename*=UTF-8''..%2f..%2fnul%00.jpg")]
    [InlineData("filename*=iso-8859-1''%9b.jpg")]
    public async Task Control_characters_in_names_are_refused_for_good(string parameter)
    {
        using var form = new RawForm();
        form.Part($"Content-Disposition: form-data; name=\"images\"; {parameter}").End();

        Assert.Equal(ControlRefusal, (await _node.PostAsync("/task/new", form.ToContent())).GetRawText());
        await shared.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Names_too_long_for_the_file_system_are_refused_for_good()
    {
        var name = new string('x', 300) + ".jpg";
        var uuid = await _node.InitAsync();
        using var form = new RawForm();
        using var longer = new RawForm();

        Assert.Equal(
            $$"""{"error":"ENAMETOOLONG: name too long, open '{{name}}'","noRetry":true}""",
            (await _node.UploadAsync(uuid, form.File(name).End().ToContent())).GetRawText());
        Assert.StartsWith(
            "ENAMETOOLONG", (await _node.UploadAsync(uuid, longer.File(new string('日', 20_000)).End().ToContent())).Error(), StringComparison.Ordinal);
        Assert.Equal("Need at least 1 file.", (await _node.CommitAsync(uuid)).Error());
        await shared.AssertUnharmedAsync();
    }

    [Fact]
    public async Task So_many_equal_names_that_no_other_can_be_made_are_refused()
    {
        using var form = new RawForm();
        for (var number = 0; number < 400; number++)
        {
            form.File("a.jpg", "x");
        }

        Assert.StartsWith("ENAMETOOLONG: name too long, open 'a___", (await _node.PostAsync("/task/new", form.End().ToContent())).Error(), StringComparison.Ordinal);
        await shared.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("../../escaped")]
    [InlineData("11111111-2222-4333-8444-555555555555/../../escaped")]
    [InlineData("11111111-2222-4333-8444-555555555555 x")]
    [InlineData("{11111111-2222-4333-8444-555555555555}")]
    [InlineData("１1111111-2222-4333-8444-555555555555")]
    public async Task An_id_that_is_no_id_is_refused(string uuid)
    {
        using var form = new RawForm();
        var body = form.File("a.jpg").End().ToBytes();
        foreach (var path in (string[])["/task/new/init", "/task/new"])
        {
            var answer = await RawConnection.ExchangeAsync(
                _node, $"POST {path} HTTP/1.1\r\nHost: x\r\nset-uuid: {uuid}\r\nContent-Type: {form.ContentType}\r\nContent-Length: {body.Length}\r\n\r\n", body);
            Assert.Equal($"Invalid set-uuid: {uuid}", answer.Json.Error());
        }

        await shared.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Two_ids_in_one_request_are_none()
    {
        const string id = "11111111-2222-4333-8444-555555555555";
        var answer = await RawConnection.ExchangeAsync(
            _node, $"POST /task/new/init HTTP/1.1\r\nHost: x\r\nset-uuid: {id}\r\nset-uuid: {id}\r\nContent-Length: 0\r\n\r\n");

        Assert.Equal($"Invalid set-uuid: {id},{id}", answer.Json.Error());
    }

    [Theory]
    [MemberData(nameof(Segments))]
    public async Task An_id_in_the_path_reaches_no_other_file(string segment)
    {
        foreach (var (method, path) in new[]
        {
            ("GET", $"/task/{segment}/info"), ("GET", $"/task/{segment}/output"), ("GET", $"/task/{segment}/download/all.zip"),
            ("POST", $"/task/new/upload/{segment}"), ("POST", $"/task/new/commit/{segment}"),
        })
        {
            var answer = await RawConnection.ExchangeAsync(_node, $"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
            Assert.True(
                answer.Code is 400 or 404 || (answer.Code == 200 && (answer.Json.TryGetProperty("error", out _) || answer.Json.TryGetProperty("version", out _))),
                $"{path}: {answer.StatusLine} {answer.Text}");
        }

        await shared.AssertUnharmedAsync();
    }

    [Theory]
    [MemberData(nameof(Segments))]
    public async Task An_asset_reaches_no_other_file(string segment)
    {
        var uuid = await _node.CreateAsync();
        await _node.WaitForEndAsync(uuid);
        var answer = await RawConnection.ExchangeAsync(_node, $"GET /task/{uuid}/download/{segment} HTTP/1.1\r\nHost: x\r\n\r\n");

        Assert.True(answer.Code is 400 or 404 || answer.Text == """{"error":"Invalid asset"}""", answer.Text);
        await shared.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("../data")]
    [InlineData(".")]
    [InlineData("tmp")]
    [InlineData("odmnode.db")]
    [InlineData("\0")]
    public async Task An_action_on_no_id_touches_nothing(string uuid)
    {
        foreach (var action in (string[])["cancel", "remove", "restart"])
        {
            Assert.Equal($"{uuid} not found", (await _node.ActAsync(action, uuid)).Error());
        }

        Assert.True(File.Exists(Path.Combine(_node.Data, "odmnode.db")) && Directory.Exists(Path.Combine(_node.Data, "tmp")));
        await shared.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("../../escaped.txt")]
    [InlineData("images/../../../escaped.txt")]
    [InlineData("..\\..\\escaped.txt")]
    [InlineData("/escaped-by-root.txt")]
    public async Task An_entry_of_a_seed_that_leads_out_fails_the_task(string entry)
    {
        var uuid = await _node.CreateSeededAsync(Seeds.Zip("good.txt", entry));
        var info = await _node.WaitForEndAsync(uuid);

        Assert.Equal(30, info.Code());
        Assert.NotEmpty(info.ErrorMessage()!);
        Assert.False(File.Exists("/escaped-by-root.txt"));
        await shared.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("not a zip at all")]
    [InlineData("PK\u0003\u0004 broken")]
    [InlineData("")]
    public async Task A_damaged_seed_fails_the_task(string seed)
    {
        var uuid = await _node.CreateSeededAsync(Encoding.UTF8.GetBytes(seed));
        var info = await _node.WaitForEndAsync(uuid);

        Assert.Equal(30, info.Code());
        Assert.NotEmpty(info.ErrorMessage()!);
        Assert.DoesNotContain(_node.Data, info.ErrorMessage(), StringComparison.Ordinal);
        await shared.AssertUnharmedAsync();
    }
}
