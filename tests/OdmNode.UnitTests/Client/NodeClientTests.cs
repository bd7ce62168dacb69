using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OdmNode.Client;
using OdmNode.Core.Errors;
using OdmNode.Core.Options;
using OdmNode.Testing.Files;
using OdmNode.UnitTests.Client.Nodes;

namespace OdmNode.UnitTests.Client;

public sealed class NodeClientTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_wishes_travel_as_the_fields_of_the_protocol()
    {
        var uploads = new FakeUploads();
        await using var node = await ScriptedNode.StartAsync(uploads.Map);
        using var client = node.Connect();
        var request = new TaskRequest
        {
            Uuid = FakeUploads.Id,
            Name = "Grüße \"1\"",
            Options = [Option("boundary", "\"{\\\"a\\\": 1}\""), Option("dsm", "true"), Option("crop", "2.5")],
            SkipPostProcessing = true,
            Webhook = "http://127.0.0.1/hook",
            Outputs = ["odm_dem/dsm.tif", "odm_report"],
            DateCreated = DateTimeOffset.FromUnixTimeMilliseconds(1500000000000),
        };

        Assert.Equal(FakeUploads.Id, await client.BeginAsync(request, CancellationToken.None));
        Assert.Equal(FakeUploads.Id, uploads.SetUuid);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["name"] = "Grüße \"1\"",
                ["options"] = """[{"name":"boundary","value":"{\"a\": 1}"},{"name":"dsm","value":true},{"name":"crop","value":2.5}]""",
                ["skipPostProcessing"] = "true",
                ["webhook"] = "http://127.0.0.1/hook",
                ["outputs"] = """["odm_dem/dsm.tif","odm_report"]""",
                ["dateCreated"] = "1500000000000",
            },
            uploads.Fields);
    }

    [Fact]
    public async Task A_request_without_wishes_sends_name_and_options_only()
    {
        var uploads = new FakeUploads();
        await using var node = await ScriptedNode.StartAsync(uploads.Map);
        using var client = node.Connect();
        await client.BeginAsync(new TaskRequest(), CancellationToken.None);
        Assert.Null(uploads.SetUuid);
        Assert.Equal(new Dictionary<string, string> { ["name"] = string.Empty, ["options"] = "[]" }, uploads.Fields);
    }

    [Fact]
    public async Task One_request_carries_many_files_under_their_names()
    {
        var uploads = new FakeUploads();
        await using var node = await ScriptedNode.StartAsync(uploads.Map);
        using var client = node.Connect();
        uploads.Open(FakeUploads.Id);
        string[] names = ["a.jpg", "sp ace#é&.JPG", "quote\"%22.jpg", "日本.jpg", "empty.txt"];
        foreach (var name in names)
        {
            File.WriteAllText(_folder.PathOf(name), name == "empty.txt" ? string.Empty : $"content of {name}");
        }

        var sent = 0;
        await client.SendFilesAsync(FakeUploads.Id, [.. names.Select(name => _folder.PathOf(name))], bytes => sent += bytes, CancellationToken.None);

        Assert.Equal(names, uploads.Files.Select(file => file.Name));
        Assert.All(uploads.Files, file => Assert.Equal(File.ReadAllBytes(_folder.PathOf(file.Name)), file.Content));
        Assert.Equal(names.Sum(name => (int)new FileInfo(_folder.PathOf(name)).Length), sent);
        Assert.Single(node.Requests);
    }

    [Fact]
    public async Task A_task_is_created_in_one_request_from_an_archive_on_the_net()
    {
        var uploads = new FakeUploads();
        await using var node = await ScriptedNode.StartAsync(uploads.Map);
        using var client = node.Connect();
        var request = new TaskRequest { ZipUrl = new Uri("http://127.0.0.1:9/photos.zip") };
        Assert.Equal(FakeUploads.Id, await client.CreateAsync(request, [], _ => { }, CancellationToken.None));
        Assert.Equal("http://127.0.0.1:9/photos.zip", uploads.Fields["zipurl"]);
        Assert.Equal(["POST /task/new"], node.Requests);
    }

    [Fact]
    public async Task A_path_before_the_routes_and_the_token_are_part_of_every_request()
    {
        await using var node = await ScriptedNode.StartAsync(routes =>
        {
            routes.MapGet("/nodes/a/info", Faults.Json("""{"version":"2.2.4","taskQueueCount":"3","maxImages":null}"""));
            routes.MapGet("/nodes/a/task/{id}/output", Faults.Json("""["x"]"""));
        });
        using var client = node.Connect("a&b", "/nodes/a");
        var info = await client.GetInfoAsync(CancellationToken.None);
        await client.GetOutputAsync("t", -9, CancellationToken.None);

        Assert.Equal(("2.2.4", 3, null), (info.Version, info.TaskQueueCount, info.MaxImages));
        Assert.Equal(["GET /nodes/a/info?token=a%26b", "GET /nodes/a/task/t/output?line=-9&token=a%26b"], node.Requests);
    }

    [Theory]
    [InlineData(200, """{"error":"Invalid authentication token: token does not match."}""", NodeErrorKind.WrongToken, false)]
    [InlineData(200, """{"error":"Invalid authentication IP: IP is not one of authorized IPs."}""", NodeErrorKind.Forbidden, false)]
    [InlineData(200, """{"error":"abc not found"}""", NodeErrorKind.NotFound, false)]
    [InlineData(200, """{"error":"Invalid uuid (not found)"}""", NodeErrorKind.NotFound, false)]
    [InlineData(200, """{"success":false,"error":"Task cannot be restarted"}""", NodeErrorKind.Refused, false)]
    [InlineData(200, """{"error":"Need at least 1 file.","noRetry":true}""", NodeErrorKind.Refused, true)]
    [InlineData(200, """{"version":""", NodeErrorKind.NotANode, false)]
    [InlineData(200, "[1,2]", NodeErrorKind.NotANode, false)]
    [InlineData(200, null, NodeErrorKind.NotANode, false)]
    [InlineData(401, null, NodeErrorKind.WrongToken, false)]
    [InlineData(403, null, NodeErrorKind.Forbidden, false)]
    [InlineData(404, null, NodeErrorKind.NotANode, false)]
    [InlineData(413, null, NodeErrorKind.Refused, true)]
    [InlineData(429, null, NodeErrorKind.ServerError, false)]
    [InlineData(500, """{"error":"out of order"}""", NodeErrorKind.ServerError, false)]
    [InlineData(502, null, NodeErrorKind.ServerError, false)]
    public async Task Every_answer_but_the_expected_one_has_a_kind(int status, string? json, NodeErrorKind kind, bool noRetry)
    {
        await using var node = await ScriptedNode.StartAsync(routes => routes.MapGet("/info", (HttpContext context) =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = json is null ? "text/html; charset=utf-8" : "application/json; charset=utf-8";
            return context.Response.WriteAsync(json ?? "<html>sorry</html>");
        }));
        using var client = node.Connect();
        var error = await Assert.ThrowsAsync<NodeException>(() => client.GetInfoAsync(CancellationToken.None));
        Assert.Equal((kind, noRetry), (error.Kind, error.NoRetry));
        Assert.Equal(status == 200 ? null : (HttpStatusCode)status, error.StatusCode);
    }

    [Fact]
    public async Task A_closed_port_a_break_and_a_silence_are_out_of_reach()
    {
        var node = await ScriptedNode.StartAsync(routes =>
        {
            routes.MapGet("/info", Faults.Break);
            routes.MapGet("/options", (HttpContext context) => Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted));
        });
        using var client = new NodeClient(node.Address, null, new NodeClientOptions { AnswerTimeout = TimeSpan.FromMilliseconds(200) });
        await AssertUnreachableAsync(() => client.GetInfoAsync(CancellationToken.None));
        await AssertUnreachableAsync(() => client.GetOptionsAsync(CancellationToken.None));
        await node.StopAsync();
        await AssertUnreachableAsync(() => client.GetInfoAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_redirect_is_followed_when_asking_and_told_when_sending()
    {
        await using var node = await ScriptedNode.StartAsync(routes =>
        {
            routes.MapGet("/old/info", (HttpContext context) => context.Response.Redirect("/new/info?token=secret"));
            routes.MapGet("/new/info", Faults.Json("""{"version":"2.2.4"}"""));
            routes.MapPost("/old/task/cancel", (HttpContext context) => context.Response.Redirect("/new/task/cancel?token=secret"));
        });
        using var client = node.Connect("secret", "/old");
        Assert.Equal("2.2.4", (await client.GetInfoAsync(CancellationToken.None)).Version);
        var error = await Assert.ThrowsAsync<NodeException>(() => client.CancelAsync("t", CancellationToken.None));
        Assert.Contains("redirects /task/cancel to /new/task/cancel;", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extensions_that_a_plain_node_lacks_are_answered_with_nothing()
    {
        await using var node = await ScriptedNode.StartAsync(routes =>
            routes.MapGet("/task/new/upload/{id}", Faults.Json("""{"error":"Invalid route for taskId new"}""")));
        using var client = node.Connect();
        Assert.Null(await client.GetProgressAsync("t", CancellationToken.None));
        Assert.Null(await client.GetUploadAsync("t", CancellationToken.None));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_no_fault_of_the_node()
    {
        await using var node = await ScriptedNode.StartAsync(new FakeUploads().Map);
        using var client = node.Connect();
        var gone = _folder.PathOf("gone.jpg");
        var error = await Assert.ThrowsAsync<OdmException>(
            () => client.SendFilesAsync(FakeUploads.Id, [gone], _ => { }, CancellationToken.None));
        Assert.Equal(ErrorKind.BadInput, error.Kind);
        Assert.Contains(gone, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_grows_while_it_is_sent_breaks_the_transfer()
    {
        await using var node = await ScriptedNode.StartAsync(new FakeUploads().Map);
        using var client = node.Connect();
        var path = _folder.PathOf("growing.jpg");
        File.WriteAllBytes(path, new byte[600_000]);
        var error = await Assert.ThrowsAsync<OdmException>(() => client.SendFilesAsync(
            FakeUploads.Id, [path], _ => File.AppendAllText(path, "more"), CancellationToken.None));
        Assert.Contains("changed while it was sent", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_of_old_nodes_with_defaults_that_are_no_text_are_read()
    {
        await using var node = await ScriptedNode.StartAsync(routes => routes.MapGet("/options", Faults.Json(
            """
            [{"name":"dsm","type":"bool","value":false,"domain":"","help":null},
             {"name":"crop","type":"float","value":3,"domain":"positive float"}]
            """)));
        using var client = node.Connect();
        var catalogue = await client.GetOptionsAsync(CancellationToken.None);
        Assert.Equal(("false", OptionType.Flag), (catalogue.Find("dsm")!.Default, catalogue.Find("dsm")!.Type));
        Assert.Equal("3", catalogue.Find("crop")!.Default);
    }

    [Fact]
    public async Task The_list_the_login_and_a_task_with_its_console_are_read()
    {
        await using var node = await ScriptedNode.StartAsync(routes =>
        {
            routes.MapGet("/task/list", Faults.Json("""[{"uuid":"a"},{"uuid":"b"}]"""));
            routes.MapGet("/auth/info", Faults.Json("""{"message":"m","loginUrl":"http://127.0.0.1/login","registerUrl":null}"""));
            routes.MapGet("/task/a/info", Faults.Json(
                """
                {"uuid":"a","name":"n","dateCreated":5,"processingTime":-1,"status":{"code":30,"errorMessage":"why"},
                 "options":[{"name":"crop","value":3}],"imagesCount":2,"progress":12.5,"output":["x","y"]}
                """));
        });
        using var client = node.Connect();
        Assert.Equal(["a", "b"], await client.ListTasksAsync(CancellationToken.None));
        Assert.Equal("http://127.0.0.1/login", (await client.GetAuthenticationAsync(CancellationToken.None)).LoginUrl);
        var task = await client.GetTaskAsync("a", -2, CancellationToken.None);
        Assert.Equal(("why", true, 12.5), (task.Status.ErrorMessage, task.HasEnded, task.Progress));
        Assert.Equal(["x", "y"], task.Output);
        Assert.Equal(3, Assert.Single(task.Options).Value.GetInt32());
        Assert.Contains("GET /task/a/info?with_output=-2", node.Requests);
    }

    [Fact]
    public async Task Actions_send_the_id_and_new_options_and_believe_success_only()
    {
        var bodies = new List<string>();
        await using var node = await ScriptedNode.StartAsync(routes => routes.MapPost("/task/{action}", async (string action, HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            bodies.Add($"{action} {WebUtility.UrlDecode(await reader.ReadToEndAsync())}");
            await Faults.Json(action == "remove" ? "{}" : """{"success":true}""")(context);
        }));
        using var client = node.Connect();
        await client.CancelAsync("t", CancellationToken.None);
        await client.RestartAsync("t", null, CancellationToken.None);
        await client.RestartAsync("t", [Option("crop", "3")], CancellationToken.None);
        await Assert.ThrowsAsync<NodeException>(() => client.RemoveAsync("t", CancellationToken.None));
        Assert.Equal(
            ["cancel uuid=t", "restart uuid=t", """restart uuid=t&options=[{"name":"crop","value":3}]""", "remove uuid=t"], bodies);
    }

    private static OptionValue Option(string name, string json) => new(name, JsonElement.Parse(json));

    private static async Task AssertUnreachableAsync(Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<NodeException>(call);
        Assert.Equal((NodeErrorKind.Unreachable, true), (error.Kind, error.IsTransient));
    }
}
