using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.WebOdm;

public sealed class CreationTests(WebOdmNode shared) : IClassFixture<WebOdmNode>, IAsyncLifetime
{
    private static readonly string[] SeedFields =
    [
        "id", "project", "processing_node", "images_count", "available_assets", "uuid", "name", "processing_time", "auto_processing_node",
        "status", "last_error", "options", "ground_control_points", "created_at", "pending_action",
    ];

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
    public async Task W44_W46_W48_A_new_task_is_as_the_page_shows_it()
    {
        var answer = await CreateAsync(["a.jpg", "b.jpg"]);
        var task = answer.Json;

        Assert.Equal(201, answer.Status);
        Assert.Null(answer.Header("Location"));
        Assert.Equal(JsonValueKind.Number, task.GetProperty("id").ValueKind);
        Assert.Equal($"projects/{task.GetProperty("project")}/tasks/", _tasks);
        foreach (var (field, value) in ((string, string)[])
        [
            ("uuid", "\"\""), ("status", "null"), ("processing_time", "-1"), ("available_assets", "[]"), ("last_error", "null"), ("pending_action", "null"),
            ("ground_control_points", "null"), ("name", "\"\""), ("auto_processing_node", "true"), ("options", "[]"), ("images_count", "2"), ("processing_node", "null"),
        ])
        {
            Assert.Equal((field, value), (field, task.GetProperty(field).GetRawText()));
        }
    }

    [Fact]
    public async Task W45_Files_under_any_field_name_are_taken_and_one_of_the_same_name_replaces_the_first()
    {
        var form = new MultipartFormDataContent
        {
            { new ByteArrayContent([1]), "images", "a.jpg" },
            { new ByteArrayContent([2]), "images[]", "b.jpg" },
            { new ByteArrayContent([3]), "whatever", "c.jpg" },
            { new ByteArrayContent([4, 4]), "file", "a.jpg" },
        };
        form.Add(new StringContent("false"), "auto_processing_node");
        var task = (await _client.PostAsync(_tasks, form)).Json;

        Assert.Equal(3, task.GetProperty("images_count").GetInt32());
        Assert.Equal([4, 4], await File.ReadAllBytesAsync(Path.Combine(_node.Data, "webodm", "tasks", task.GetProperty("id").ToString(), "images", "a.jpg")));
    }

    [Fact]
    public async Task W47_W82_Every_representation_has_all_fields()
    {
        var created = (await CreateAsync(["a.jpg", "b.jpg"], ("auto_processing_node", "false"))).Json;
        var path = _tasks + created.GetProperty("id") + "/";
        JsonElement[] all =
        [
            created, await _client.ReadAsync(path), (await _client.ReadAsync(_tasks)).EnumerateArray().First(), (await _client.PatchAsync(path, WebOdmClient.Json("{}"))).Json,
        ];

        Assert.All(all, task =>
        {
            Assert.Equal(SeedFields, task.EnumerateObject().Take(SeedFields.Length).Select(field => field.Name));
            Assert.Equal(JsonValueKind.Array, task.GetProperty("can_rerun_from").ValueKind);
            Assert.Equal(JsonValueKind.Number, task.GetProperty("upload_progress").ValueKind);
            Assert.Equal(JsonValueKind.Number, task.GetProperty("running_progress").ValueKind);
            Assert.Equal(JsonValueKind.False, task.GetProperty("partial").ValueKind);
            Assert.Equal("{}", task.GetProperty("statistics").GetRawText());
        });
    }

    [Fact]
    public async Task W49_W62_Control_points_are_not_counted_and_reach_the_engine()
    {
        var created = (await CreateAsync(["a.jpg", "b.tif", "gcp_list.txt", "geo.txt"])).Json;
        var path = _tasks + created.GetProperty("id") + "/";
        var task = await _client.WaitForAsync(path, 40);
        var uuid = task.GetProperty("uuid").GetString()!;

        Assert.Equal(2, created.GetProperty("images_count").GetInt32());
        Assert.Equal(2, (await _node.InfoAsync(uuid)).GetProperty("imagesCount").GetInt32());
        var output = await _node.OutputAsync(uuid);
        Assert.Contains("argument <--gcp>", output);
        Assert.Contains(output, line => line.EndsWith("gcp_list.txt>", StringComparison.Ordinal));
        Assert.Contains("argument <--geo>", output);
    }

    [Theory]
    [InlineData]
    [InlineData("a.jpg")]
    [InlineData("a.jpg", "gcp_list.txt")]
    [InlineData("a.jpg", "align.las", "image_groups.txt")]
    public async Task W50_W51_Fewer_than_two_images_are_a_bare_list(params string[] files)
    {
        var answer = await CreateAsync(files, ("name", "x"));
        Assert.Equal((400, """["Cannot create task, you need at least 2 images"]"""), answer.Both);
        Assert.Equal("[]", (await _client.GetAsync(_tasks)).Text);
    }

    [Theory]
    [InlineData("processing_node", "9999", """{"processing_node":["Invalid pk \"9999\" - object does not exist."]}""")]
    [InlineData("processing_node", "abc", """{"processing_node":["Incorrect type. Expected pk value, received str."]}""")]
    [InlineData("options", "[", """{"options":["Value must be valid JSON."]}""")]
    [InlineData("options", """{"name":"dsm","value":true}""", """{"options":["Invalid options"]}""")]
    [InlineData("options", """[{"name":"dsm"}]""", """{"options":["Invalid options"]}""")]
    [InlineData("options", """[{"value":true}]""", """{"options":["Invalid options"]}""")]
    [InlineData("options", """[{"name":"","value":true}]""", """{"options":["Invalid options"]}""")]
    [InlineData("options", "null", """{"options":["Invalid options"]}""")]
    [InlineData("auto_processing_node", "maybe", """{"auto_processing_node":["Must be a valid boolean."]}""")]
    public async Task W52_W53_W55_W56_W58_A_wrong_field_is_explained_and_leaves_nothing_behind(string field, string value, string expected)
    {
        Assert.Equal((400, expected), (await CreateAsync(["a.jpg", "b.jpg"], (field, value))).Both);
        Assert.Equal("[]", (await _client.GetAsync(_tasks)).Text);
    }

    [Fact]
    public async Task All_wrong_fields_are_told_at_once()
    {
        var answer = await CreateAsync(["a.jpg", "b.jpg"], ("options", "["), ("processing_node", "x"), ("name", new string('x', 256)));
        Assert.Equal(["name", "options", "processing_node"], answer.Json.EnumerateObject().Select(error => error.Name).Order());
    }

    [Fact]
    public async Task W54_W57_Options_keep_the_types_of_their_values()
    {
        const string options = """[{"name":"dsm","value":false},{"name":"orthophoto-resolution","value":2.5},{"name":"crop","value":0},{"name":"boundary","value":""}]""";
        var answer = await CreateAsync(["a.jpg", "b.jpg"], ("options", options), ("auto_processing_node", "false"));

        Assert.Equal(201, answer.Status);
        Assert.Equal(options, answer.Json.GetProperty("options").GetRawText());
        Assert.Equal(options, (await _client.ReadAsync($"{_tasks}{answer.Json.GetProperty("id")}/")).GetProperty("options").GetRawText());
    }

    [Theory]
    [InlineData("false", false)]
    [InlineData("False", false)]
    [InlineData("0", false)]
    [InlineData("", true)]
    [InlineData("on", true)]
    public async Task W58_Booleans_come_in_many_words(string word, bool expected) => Assert.Equal(
        expected, (await CreateAsync(["a.jpg", "b.jpg"], ("auto_processing_node", word))).Json.GetProperty("auto_processing_node").GetBoolean());

    [Fact]
    public async Task W59_Absent_and_invisible_projects_are_404()
    {
        WebOdmUsers.Add(_node, "clara");
        using var other = await WebOdmClient.LogInAsync(_node, "clara", "clara");
        using var nobody = WebOdmClient.Anonymous(_node);

        Assert.Equal((404, """{"detail":"Not found."}"""), (await _client.PostAsync("projects/9999/tasks/", WebOdmClient.Files(["a.jpg", "b.jpg"]))).Both);
        Assert.Equal((404, """{"detail":"Not found."}"""), (await other.PostAsync(_tasks, WebOdmClient.Files(["a.jpg", "b.jpg"]))).Both);
        Assert.Equal(403, (await nobody.PostAsync(_tasks, WebOdmClient.Files(["a.jpg", "b.jpg"]))).Status);
    }

    [Fact]
    public async Task W60_Numbers_are_unique_over_all_projects()
    {
        var other = $"projects/{await _client.ProjectAsync()}/tasks/";
        var first = (await CreateAsync(["a.jpg", "b.jpg"])).Json.GetProperty("id").GetInt64();
        var second = (await _client.PostAsync(other, WebOdmClient.Files(["a.jpg", "b.jpg"]))).Json.GetProperty("id").GetInt64();
        Assert.NotEqual(first, second);
        Assert.Equal(404, (await _client.GetAsync($"{other}{first}/")).Status);
    }

    [Fact]
    public async Task W61_An_unknown_option_is_no_error()
    {
        var answer = await CreateAsync(["a.jpg", "b.jpg"], ("options", """[{"name":"no-such-option","value":1}]"""));
        Assert.Equal(201, answer.Status);
        await _client.WaitForAsync($"{_tasks}{answer.Json.GetProperty("id")}/", 40);
    }

    [Theory]
    [InlineData("../../escape.jpg")]
    [InlineData("/etc/passwd.jpg")]
    [InlineData("..\\..\\escape.jpg")]
    [InlineData("..")]
    public async Task Names_of_files_lead_nowhere_else(string name)
    {
        var task = (await CreateAsync([name, "b.jpg"], ("auto_processing_node", "false"))).Json;
        var images = Path.Combine(_node.Data, "webodm", "tasks", task.GetProperty("id").ToString(), "images");
        Assert.Equal(2, Directory.GetFiles(images).Length);
        Assert.Equal(["data"], Directory.GetFileSystemEntries(shared.Surroundings).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_form_that_breaks_off_leaves_no_task_and_no_files()
    {
        var before = Directory.GetDirectories(Path.Combine(_node.Data, "webodm", "tasks")).Length;
        using var form = new RawForm();
        var body = form.File("a.jpg").File("b.jpg").Text("--b\r\nContent-Disposition: form-data; name=\"images\"; filename=\"c.jpg\"\r\n\r\nhalf").ToBytes();
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", form.ContentType);

        Assert.Equal(400, (await _client.PostAsync(_tasks, content)).Status);
        Assert.Equal("[]", (await _client.GetAsync(_tasks)).Text);
        await NodeCalls.UntilAsync(() => Directory.GetDirectories(Path.Combine(_node.Data, "webodm", "tasks")).Length <= before);
    }

    private Task<WebAnswer> CreateAsync(string[] files, params (string Name, string Value)[] fields) =>
        _client.PostAsync(_tasks, WebOdmClient.Files(files, fields));
}
