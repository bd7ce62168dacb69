using System.Text.RegularExpressions;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

/// <summary>Creation in one request, and what the fields do.</summary>
public sealed class SingleRequestTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeProcess _node = shared.Node;

    [Fact]
    public async Task N69_N70_Fields_after_the_files_are_honoured()
    {
        using var form = new RawForm();
        form.File("a.jpg").File("b.jpg").Field("name", "Überflug №7").Field("dateCreated", "1500000000000").Field("skipPostProcessing", "true")
            .Field("options", """[{"name":"dsm","value":"true"}]""").End();
        var uuid = (await _node.PostAsync("/task/new", form.ToContent())).Uuid();
        var info = await _node.WaitForEndAsync(uuid);

        Assert.Equal("Überflug №7", info.GetProperty("name").GetString());
        Assert.Equal(1500000000000, info.GetProperty("dateCreated").GetInt64());
        Assert.Equal(["dsm=true"], info.Options());
        Assert.Equal(2, info.GetProperty("imagesCount").GetInt32());
    }

    [Fact]
    public async Task N71_The_header_gives_the_id()
    {
        const string uuid = "44444444-35B0-4621-8834-517f69782004";

        Assert.Equal($$"""{"uuid":"{{uuid}}"}""", (await _node.PostAsync("/task/new", NodeCalls.Form("a.jpg"), uuid)).GetRawText());
        Assert.Equal(uuid, (await _node.InfoAsync(uuid)).Uuid());
    }

    [Fact]
    public async Task N72_A_request_without_files_is_refused()
    {
        const string refusal = """{"error":"Need at least 1 file or a zip file url."}""";
        using var fields = new MultipartFormDataContent { { new StringContent("x"), "name" } };
        using var urlencoded = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "x" });

        Assert.Equal(refusal, (await _node.PostAsync("/task/new")).GetRawText());
        Assert.Equal(refusal, (await _node.PostAsync("/task/new", fields)).GetRawText());
        Assert.Equal(refusal, (await _node.PostAsync("/task/new", urlencoded)).GetRawText());
    }

    [Theory]
    [InlineData("one.jpg", 1)]
    [InlineData("only.txt", 0L)]
    public async Task N74_One_image_or_none_is_left_to_the_engine(string file, int images)
    {
        var uuid = (await _node.PostAsync("/task/new", NodeCalls.Form(file))).Uuid();
        var info = await _node.WaitForEndAsync(uuid);

        Assert.Equal(40, info.Code());
        Assert.Equal(images, info.GetProperty("imagesCount").GetInt32());
    }

    [Theory]
    [InlineData("Überflug №7 日本", "Überflug №7 日本")]
    [InlineData(" spaces \"quotes\" <b> ", " spaces \"quotes\" <b> ")]
    [InlineData("", null)]
    public async Task N77_A_name_is_kept_and_an_empty_one_is_made_from_the_time(string given, string? expected)
    {
        using var form = new RawForm();
        var info = await _node.InfoAsync((await _node.PostAsync("/task/new", form.File("a.jpg").Field("name", given).End().ToContent())).Uuid());

        AssertName(expected, info.GetProperty("name").GetString()!);
    }

    [Fact]
    public async Task N78_A_task_without_name_gets_one() =>
        AssertName(null, (await _node.InfoAsync(await _node.CreateWithAsync())).GetProperty("name").GetString()!);

    [Theory]
    [InlineData("1500000000000", 1500000000000L)]
    [InlineData("1500000000000.7", 1500000000000L)]
    [InlineData("12.7", 12L)]
    [InlineData("12abc", 12L)]
    [InlineData("0", 0L)]
    [InlineData("abc", null)]
    [InlineData("", null)]
    [InlineData("99999999999999999999999999", null)]
    public async Task N79_A_creation_time_is_honoured_as_far_as_it_is_a_number(string given, long? expected)
    {
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var date = (await _node.InfoAsync(await _node.CreateWithAsync(("dateCreated", given)))).GetProperty("dateCreated").GetInt64();

        Assert.InRange(date, expected ?? before, expected ?? before + 60_000);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", false)]
    [InlineData("TRUE", false)]
    [InlineData("1", false)]
    [InlineData("true ", false)]
    [InlineData("false", false)]
    [InlineData("", false)]
    public async Task N80_Post_processing_is_skipped_by_the_exact_word_alone(string given, bool isSkipped)
    {
        var info = await _node.WaitForEndAsync(await _node.CreateWithAsync(("skipPostProcessing", given)));

        Assert.Equal(isSkipped ? [] : ["pc-ept=true", "cog=true", "gltf=true"], info.Options());
    }

    [Fact]
    public async Task N85_Unknown_fields_are_ignored()
    {
        var uuid = await _node.CreateWithAsync(("name", "known"), ("future", "1"), ("uuid", "x"), ("images2", "y"));
        var info = await _node.WaitForEndAsync(uuid);

        Assert.Equal(40, info.Code());
        Assert.Equal("known", info.GetProperty("name").GetString());
        Assert.Equal(
            ["uuid", "name", "dateCreated", "processingTime", "status", "options", "imagesCount", "progress"],
            info.EnumerateObject().Take(8).Select(property => property.Name));
    }

    [Fact]
    public async Task A_failing_request_leaves_an_open_upload_of_its_id_alone()
    {
        var uuid = await _node.InitAsync();
        await _node.UploadAsync(uuid, NodeCalls.Form("a.jpg"));

        Assert.Contains("error", (await _node.PostAsync("/task/new", new MultipartFormDataContent { { new ByteArrayContent([1]), "photos", "b.jpg" } }, uuid)).GetRawText(), StringComparison.Ordinal);
        Assert.Equal(uuid, (await _node.CommitAsync(uuid)).Uuid());
    }

    private static void AssertName(string? expected, string name)
    {
        if (expected is null)
        {
            Assert.Matches(new Regex(@"^Task of \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"), name);
        }
        else
        {
            Assert.Equal(expected, name);
        }
    }
}
