using System.IO.Compression;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

/// <summary>What is in <c>all.zip</c>, and when.</summary>
public sealed class ArchiveTests(SharedNode shared) : IClassFixture<SharedNode>
{
    /// <summary>The usual content of section 2.8, each folder by a file below it.</summary>
    private static readonly string[] Usual =
    [
        "odm_orthophoto/odm_orthophoto.tif", "odm_orthophoto/odm_orthophoto.tfw", "odm_orthophoto/odm_orthophoto.png",
        "odm_orthophoto/odm_orthophoto.wld", "odm_orthophoto/odm_orthophoto.mbtiles", "odm_orthophoto/odm_orthophoto.kmz",
        "odm_orthophoto/odm_orthophoto_extent.dxf", "odm_orthophoto/cutline.gpkg", "odm_georeferencing/odm_georeferenced_model.laz",
        "odm_texturing/deep/down/odm_textured_model.obj", "odm_dem/dsm.tif", "odm_dem/dtm.tif", "dsm_tiles/16/1/2.png", "dtm_tiles/16/1/2.png",
        "odm_dem/dsm.euclideand.tif", "odm_dem/dtm.euclideand.tif", "orthophoto_tiles/16/1/2.png", "potree_pointcloud/cloud.js",
        "entwine_pointcloud/ept.json", "3d_tiles/model/tileset.json", "images.json", "cameras.json", "log.json", "odm_report/report.pdf",
    ];

    private readonly NodeProcess _node = shared.Node;

    [Fact]
    public async Task N153_The_usual_content_is_packed_and_nothing_else()
    {
        string[] others = ["opensfm/reconstruction.json", "odm_dem/commands.txt", "odm_orthophoto/odm_orthophoto.original.tif", "odm_filterpoints/point_cloud.ply", "benchmark.txt"];
        var uuid = await RunAsync([.. Usual, .. others]);

        Assert.Equal(Usual.Append("odm_report/stats.json").Append("task_output.txt").Order(StringComparer.Ordinal), Names(uuid));
        using var archive = Open(uuid);
        Assert.All(archive.Entries.Where(entry => entry.Name == "ept.json"), entry => Assert.Equal("entwine_pointcloud/ept.json\n", Read(entry)));
    }

    [Fact]
    public async Task N153_N154_Missing_entries_are_skipped_and_the_output_is_always_inside()
    {
        var uuid = await RunAsync([]);

        Assert.Equal(["cameras.json", "odm_orthophoto/odm_orthophoto.tif", "odm_report/stats.json", "task_output.txt"], Names(uuid));
        using var archive = Open(uuid);
        Assert.Equal(await _node.OutputAsync(uuid), Read(archive.GetEntry("task_output.txt")!).TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("""["odm_report"]""", "odm_report/stats.json task_output.txt")]
    [InlineData("""["odm_orthophoto/odm_orthophoto.tif","opensfm/matches"]""", "odm_orthophoto/odm_orthophoto.tif opensfm/matches/a opensfm/matches/b task_output.txt")]
    [InlineData("""["odm_report/","./cameras.json"]""", "cameras.json odm_report/stats.json task_output.txt")]
    [InlineData("""["no/such/thing"]""", "task_output.txt")]
    public async Task N81_N154_Outputs_replace_the_content_and_may_be_folders(string outputs, string expected) =>
        Assert.Equal(expected.Split(' '), Names(await RunAsync(["opensfm/matches/a", "opensfm/matches/b"], outputs)));

    [Fact]
    public async Task N82_Outputs_stay_inside_the_task() => Assert.Equal(
        ["cameras.json", "images/a.jpg", "task_output.txt"],
        Names(await RunAsync([], """["/cameras.json","../../../odmnode.db","../odmnode.db","images/../images/a.jpg","..\\..\\odmnode.db","/etc/passwd","a\u0000b"]""")));

    [Theory]
    [InlineData("{\"a\":1}")]
    [InlineData("\"odm_report\"")]
    [InlineData("notjson")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("null")]
    public async Task N83_Outputs_that_are_no_list_mean_the_usual_content(string outputs) => Assert.Equal(
        ["cameras.json", "odm_orthophoto/odm_orthophoto.tif", "odm_report/stats.json", "task_output.txt"], Names(await RunAsync([], outputs)));

    [Fact]
    public async Task N84_Outputs_that_are_no_texts_do_no_harm() => Assert.Equal(
        ["odm_report/stats.json", "task_output.txt"], Names(await RunAsync([], """[7,null,{"a":[]},["odm_orthophoto"],true,"\ud800","odm_report"]""")));

    [Fact]
    public async Task N156_Equally_named_files_of_deeper_folders_are_not_dragged_in()
    {
        var names = Names(await RunAsync(["images.json", "opensfm/images.json", "opensfm/cameras.json", "opensfm/odm_report/stats.json"]));

        Assert.Equal(["cameras.json", "images.json", "odm_orthophoto/odm_orthophoto.tif", "odm_report/stats.json", "task_output.txt"], names);
    }

    [Fact]
    public async Task N156_Results_that_a_later_run_deleted_are_not_in_its_archive()
    {
        var uuid = await RunAsync(["odm_dem/dsm.tif", "odm_dem/dtm.tif"]);
        Assert.Contains("odm_dem/dsm.tif", Names(uuid));
        await _node.SucceedAsync("restart", uuid, NodeCalls.Mode("delete:odm_dem/dsm.tif"));
        await _node.WaitForEndAsync(uuid);

        Assert.DoesNotContain("odm_dem/dsm.tif", Names(uuid));
        Assert.Contains("odm_dem/dtm.tif", Names(uuid));
    }

    [Fact]
    public async Task N157_The_archive_is_whole_when_it_can_be_seen()
    {
        var uuid = await _node.CreateAsync("sparse300M");
        var answers = new List<string>();
        for (var code = 0; code != 40;)
        {
            code = (await _node.InfoAsync(uuid)).Code();
            using var answer = await _node.Http.GetAsync($"/task/{uuid}/download/all.zip");
            if (answer.Content.Headers.ContentType!.MediaType == "application/json")
            {
                Assert.NotEqual(40, code);
                answers.Add(await answer.Content.ReadAsStringAsync());
            }
            else
            {
                using var archive = new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()));
                Assert.Equal(300L << 20, archive.GetEntry("odm_report/sparse.dat")!.Length);
            }
        }

        Assert.NotEmpty(answers);
        Assert.All(answers, answer => Assert.Equal("""{"error":"Asset not ready"}""", answer));
    }

    [Fact]
    public async Task N159_A_failure_after_the_engine_ends_the_task_as_failed()
    {
        var uuid = await _node.CreateAsync("blockzip");
        var info = await _node.WaitForEndAsync(uuid);

        // The reference gives no message; OdmNode says what went wrong, without paths of its machine.
        Assert.Equal(30, info.Code());
        Assert.Equal(100, info.Progress());
        Assert.DoesNotContain(_node.Data, info.ErrorMessage() ?? string.Empty, StringComparison.Ordinal);
        Assert.Equal("Asset not ready", (await _node.GetAsync($"/task/{uuid}/download/all.zip")).Error());
        Assert.Equal(40, (await _node.WaitForEndAsync(await _node.CreateAsync())).Code());
    }

    /// <summary>Runs a task whose engine writes these files.</summary>
    private async Task<string> RunAsync(string[] files, string? outputs = null)
    {
        var options = NodeCalls.Mode(string.Join(',', files.Select(file => "write:" + file)));
        using var form = new RawForm();
        form.File("a.jpg").Field("options", options);
        if (outputs is not null)
        {
            form.Field("outputs", outputs);
        }

        var uuid = (await _node.PostAsync("/task/new", form.End().ToContent())).Uuid();
        Assert.Equal(40, (await _node.WaitForEndAsync(uuid)).Code());
        return uuid;
    }

    private ZipArchive Open(string uuid) => ZipFile.OpenRead(_node.PathOf(uuid, "all.zip"));

    private IEnumerable<string> Names(string uuid)
    {
        using var archive = Open(uuid);
        return [.. archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal)];
    }

    private static string Read(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}
