using System.Diagnostics;
using System.IO.Compression;
using OdmNode.ConformanceTests.Nodes;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.NodeOdm;

[Collection(AloneCollection.Name)]
public sealed class TestModeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task N176_N183_N184_A_task_ends_at_once_with_the_known_lines()
    {
        var started = Stopwatch.GetTimestamp();
        await using var node = await NodeProcess.StartAsync(_folder.Root, "--test");
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 3);
        var options = (await node.GetAsync("/options")).EnumerateArray().Select(option => option.GetProperty("name").GetString()).ToList();
        Assert.Equal(80, options.Count);
        Assert.Contains("rerun-from", options);
        started = Stopwatch.GetTimestamp();
        var uuid = (await node.PostAsync("/task/new", NodeCalls.Form("a.jpg", "b.jpg"))).Uuid();
        Assert.Equal(40, (await node.WaitForEndAsync(uuid)).Code());
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 1);

        Assert.Equal(
            ["DJI_0131.JPG - DJI_0313.JPG has 1 candidate matches", "DJI_0131.JPG - DJI_0177.JPG has 3 candidate matches"],
            (await node.OutputAsync(uuid)).Take(2));
        Assert.Equal(280, (await node.OutputAsync(uuid)).Length);
    }

    [Fact]
    public async Task N185_The_archive_holds_what_viewers_look_for()
    {
        await using var node = await NodeProcess.StartAsync(_folder.Root, "--test");
        var names = await ArchiveAsync(node);

        string[] wanted =
        [
            "odm_orthophoto/odm_orthophoto.tif", "odm_orthophoto/odm_orthophoto.png", "odm_orthophoto/odm_orthophoto.mbtiles",
            "odm_orthophoto/odm_orthophoto.kmz", "odm_orthophoto/cutline.gpkg", "odm_georeferencing/odm_georeferenced_model.las",
            "odm_georeferencing/odm_georeferenced_model.laz", "odm_georeferencing/odm_georeferenced_model.ply",
            "odm_georeferencing/odm_georeferenced_model.csv", "odm_georeferencing/ground_control_points.geojson",
            "odm_texturing/odm_textured_model_geo.obj", "odm_texturing/odm_textured_model_geo.glb", "3d_tiles/model/tileset.json",
            "3d_tiles/pointcloud/tileset.json", "odm_dem/dsm.tif", "odm_dem/dtm.tif", "dsm_tiles/17/32041/84886.png",
            "dtm_tiles/17/32041/84886.png", "orthophoto_tiles/17/32041/84886.png", "cameras.json", "images.json",
            "odm_report/shots.geojson", "odm_report/report.pdf", "task_output.txt",
        ];
        Assert.Empty(wanted.Except(names));
    }

    [Fact]
    public async Task N186_Tasks_take_fail_and_lack_what_the_flags_say()
    {
        await using (var node = await NodeProcess.StartAsync(_folder.PathOf("slow"), "--test", "--test_seconds", "2"))
        {
            var uuid = await node.CreateAsync();
            Assert.Equal(20, (await node.InfoAsync(uuid)).Code());
            Assert.InRange((await node.WaitForEndAsync(uuid)).GetProperty("processingTime").GetInt64(), 2000, 4000);
        }

        await using (var node = await NodeProcess.StartAsync(_folder.PathOf("failing"), "--test", "--test_fail_tasks"))
        {
            var info = await node.WaitForEndAsync(await node.CreateAsync());
            Assert.Equal((30, null, 100), (info.Code(), info.ErrorMessage(), info.Progress()));
        }

        await using var poor = await NodeProcess.StartAsync(_folder.PathOf("poor"), "--test", "--test_skip_orthophotos", "--test-skip-dems");
        var names = await ArchiveAsync(poor);
        Assert.DoesNotContain(names, name => name.StartsWith("orthophoto_tiles/", StringComparison.Ordinal)
            || name is "odm_orthophoto/odm_orthophoto.tif" or "odm_orthophoto/odm_orthophoto.mbtiles" or "odm_dem/dsm.tif" or "odm_dem/dtm.tif"
            || name.StartsWith("dsm_tiles/", StringComparison.Ordinal) || name.StartsWith("dtm_tiles/", StringComparison.Ordinal));
        Assert.Contains("odm_orthophoto/odm_orthophoto.png", names);
    }

    [Fact]
    public async Task N186_Half_of_the_uploads_are_dropped_with_status_500()
    {
        await using var node = await NodeProcess.StartAsync(_folder.Root, "--test", "--test_drop_uploads");
        var uuid = await node.InitAsync();
        var answers = new List<(int Status, string Body)>();
        for (var number = 0; number < 64; number++)
        {
            using var answer = await node.Http.PostAsync($"/task/new/upload/{uuid}", NodeCalls.Form($"{number}.jpg"));
            answers.Add(((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }

        // The chance that one of the two never comes is 2 to the power of -63.
        Assert.Equal([(200, """{"success":true}"""), (500, "Internal Server Error")], answers.Distinct().Order());
    }

    private static async Task<List<string>> ArchiveAsync(NodeProcess node)
    {
        var uuid = await node.CreateAsync();
        await node.WaitForEndAsync(uuid);
        await using var stream = await node.Http.GetStreamAsync($"/task/{uuid}/download/all.zip");
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        await using var archive = new ZipArchive(copy);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }
}
