using System.Globalization;
using System.IO.Compression;
using OdmNode.EndToEndTests.Support;
using OdmNode.Testing.Network;

namespace OdmNode.EndToEndTests;

[Collection(EndToEndCollection.Name)]
public sealed class NodeLifeTests(SurveyFixture surveys)
{
    [Fact]
    public async Task A_submitted_folder_comes_back_as_a_map()
    {
        string data = surveys.NewFolder("node-data");
        string output = surveys.NewFolder("submitted");
        int port = FreePort.Next();
        using RunningProgram node = Serve(port, data);
        using var client = new NodeClient(port);
        await client.WaitUntilUpAsync(node);
        using RunningProgram submit = await RunningProgram.CompleteAsync(
            "submit", surveys.TinyImages, "--node", Address(port), "--output", output);
        Assert.True(await submit.WaitForExitAsync() == 0, submit.Console + "\n" + node.Console);
        string[] files = Directory.GetFiles(output, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.EndsWith("odm_orthophoto.tif", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith("dsm.tif", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith("odm_georeferenced_model.laz", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_task_survives_the_death_of_its_daemon()
    {
        string data = surveys.NewFolder("mortal-data");
        int port = FreePort.Next();
        using var client = new NodeClient(port);
        string task;
        int linesBefore;
        using (RunningProgram node = Serve(port, data))
        {
            await client.WaitUntilUpAsync(node);
            task = await client.NewTaskAsync("mortal", surveys.TinyImages);
            while (!(await client.OutputAsync(task)).Any(line => line.Contains("Running match-features", StringComparison.Ordinal)))
            {
                Assert.NotEqual(NodeClient.Failed, await client.StatusAsync(task));
                await Task.Delay(50);
            }

            linesBefore = (await client.OutputAsync(task)).Count;
            await node.KillAsync();
        }

        using RunningProgram next = Serve(port, data);
        await client.WaitUntilUpAsync(next);
        Assert.Contains(task, (await client.GetAsync("task/list")).EnumerateArray().Select(entry => entry.GetProperty("uuid").GetString()));
        int end = await client.WaitForEndAsync(task);
        IReadOnlyList<string> output = await client.OutputAsync(task);
        Assert.True(end == NodeClient.Completed, string.Join('\n', output));
        Assert.True(output.Count > linesBefore, "what was printed before the daemon's death is lost");
        using var archive = new ZipArchive(new MemoryStream(await client.DownloadAsync($"task/{task}/download/all.zip")));
        Assert.Contains(archive.Entries, entry => entry.FullName == "odm_orthophoto/odm_orthophoto.tif" && entry.Length > 0);
        Assert.Contains(archive.Entries, entry => entry.FullName == "odm_report/shots.geojson" && entry.Length > 0);
        Assert.Contains(archive.Entries, entry => entry.FullName == "entwine_pointcloud/ept.json" && entry.Length > 0);
        Assert.Contains(archive.Entries, entry => entry.FullName == "entwine_pointcloud/ept-data/0-0-0-0.laz" && entry.Length > 0);
    }

    private static RunningProgram Serve(int port, string data) => RunningProgram.Start(
        "serve", "--host", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", data);

    private static string Address(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
}
