using System.IO.Compression;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.Clients;

/// <summary>ODM's split-merge stage, which is a client of nodes through PyODM. One slot, so that the second submodel is turned away.</summary>
public sealed class SplitMergeTests(OneSlotNode shared) : IClassFixture<OneSlotNode>
{
    private const string Outputs = """["odm_georeferencing", "opensfm/matches", "odm_orthophoto/cutline.gpkg", "odm_dem"]""";

    private readonly PyOdmClient _client = new(shared.Node);

    [Fact]
    public async Task N193_A_submodel_is_accepted_or_turned_away_by_the_status_right_after_commit()
    {
        var first = await SubmitAsync("hold");
        Assert.Equal(20, (await _client.TaskInfoAsync(first)).Code());
        var second = await SubmitAsync("");

        // 20 or 40 means accepted, 10 that there is no slot; a later change from 20 to 10 means the same.
        var codes = new List<int>();
        do
        {
            codes.Add((await _client.TaskInfoAsync(second)).Code());
        }
        while (codes[^1] == 20);
        Assert.Equal(10, codes[^1]);
        Assert.True(await _client.ActAsync("remove", second));
        await shared.Node.ReleaseAsync(first);
        await _client.WaitForCompletionAsync(first);

        // The node is free now: offered again, the submodel must never be seen waiting.
        var again = await SubmitAsync("sleep0.2");
        var seen = new List<int>();
        do
        {
            seen.Add((await _client.TaskInfoAsync(again)).Code());
        }
        while (seen[^1] < 30);
        Assert.DoesNotContain(10, seen);
        Assert.Equal(40, seen[^1]);
    }

    [Fact]
    public async Task N193_A_task_really_runs_when_it_has_a_time_and_three_lines()
    {
        var uuid = await SubmitAsync("lines3,hold");
        var running = await shared.Node.WaitAsync(uuid, info => info.GetProperty("processingTime").GetInt64() >= 0);
        Assert.Equal(20, running.Code());
        var last = (await _client.TaskInfoAsync(uuid, "?with_output=-3")).GetProperty("output").EnumerateArray().Select(line => line.GetString());

        Assert.Equal(["1", "2", "3"], last);
        await shared.Node.ReleaseAsync(uuid);
        await _client.WaitForCompletionAsync(uuid);
    }

    [Fact]
    public async Task N193_Seeds_overwrite_files_and_outputs_name_whole_folders()
    {
        var seed = Seeds.Zip("opensfm/config.yaml", "opensfm/matches/a.pkl.gz", "images/photo.jpg", "odm_dem/old.tif", "cutlines/x.gpkg");
        var uuid = await SubmitAsync("write:opensfm/matches/b.pkl.gz,write:odm_georeferencing/model.laz,write:odm_orthophoto/cutline.gpkg,write:odm_dem/old.tif", seed);
        var done = await _client.WaitForCompletionAsync(uuid);

        Assert.Single(done.Options());
        Assert.Equal("seed", await File.ReadAllTextAsync(shared.Node.PathOf(uuid, "images", "photo.jpg")));
        Assert.Equal("seed", await File.ReadAllTextAsync(shared.Node.PathOf(uuid, "opensfm", "config.yaml")));
        using var archive = new ZipArchive(new MemoryStream((await _client.DownloadZipAsync(uuid)).Bytes));
        Assert.Equal(
            [
                "odm_dem/old.tif", "odm_georeferencing/model.laz", "odm_orthophoto/cutline.gpkg", "opensfm/matches/a.pkl.gz", "opensfm/matches/b.pkl.gz", "task_output.txt",
            ],
            archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        using var reader = new StreamReader(archive.GetEntry("odm_dem/old.tif")!.Open());
        Assert.Equal("odm_dem/old.tif\n", await reader.ReadToEndAsync());
        Assert.True(await _client.ActAsync("remove", uuid));
    }

    private Task<string> SubmitAsync(string mode, byte[]? seed = null) => _client.CreateTaskAsync(
        [("photo.jpg", [1]), ("seed.zip", seed ?? Seeds.Zip("opensfm/config.yaml")), ("gcp_list.txt", [2]), ("geo.txt", [3])],
        [("name", "submodel_0000"), ("options", NodeCalls.Mode(mode)), ("skipPostProcessing", "true"), ("outputs", Outputs)]);
}
