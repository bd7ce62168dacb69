using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using OdmNode.ConformanceTests.Nodes;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.NodeOdm;

/// <summary>The daemon, its flags and the engine it starts.</summary>
[Collection(AloneCollection.Name)]
public sealed class DaemonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task N177_Auto_takes_the_first_free_port_from_3000()
    {
        var first = FirstFreePort();
        await using var one = await NodeProcess.StartAsync(_folder.PathOf("one"), "--port", "auto");
        await using var two = await NodeProcess.StartAsync(_folder.PathOf("two"), "--port", "auto");

        Assert.Equal(first, one.Port);
        Assert.InRange(two.Port, first + 1, 4999);
        Assert.Equal(FirstFreePort() - 1, two.Port);
    }

    [Fact]
    public async Task N179_As_many_tasks_run_at_once_as_the_operator_allows()
    {
        await using var node = await NodeProcess.StartAsync(_folder.Root, "--parallel_queue_processing", "3");
        var tasks = new List<string>();
        for (var number = 0; number < 5; number++)
        {
            tasks.Add(await node.CreateAsync("hold"));
        }

        await node.WaitAsync(tasks[3], info => info.Code() == 10);
        await node.WaitAsync(tasks[4], info => info.Code() == 10);
        foreach (var task in tasks[..3])
        {
            Assert.Equal(20, (await node.InfoAsync(task)).Code());
            Assert.True(Directory.Exists($"/proc/{await node.ProcessAsync(task)}"));
        }

        var info = await node.GetAsync("/info");
        Assert.Equal(3, info.GetProperty("maxParallelTasks").GetInt32());
        Assert.Equal(5, info.GetProperty("taskQueueCount").GetInt32());
        await node.ReleaseAsync(tasks[1]);
        await node.WaitAsync(tasks[3], info => info.Code() == 20);
        Assert.Equal(10, (await node.InfoAsync(tasks[4])).Code());
        await Task.WhenAll(tasks.Select(task => node.ReleaseAsync(task)));
        await Task.WhenAll(tasks.Select(task => node.WaitForEndAsync(task)));
    }

    [Theory]
    [InlineData("4.2.0-beta with more than thirty-two characters\nsecond line", "ODX\n", "4.2.0-beta with more than thirty", "odx")]
    [InlineData(null, null, "?", "odm")]
    [InlineData("3.6.0", null, "3.6.0", "odm")]
    public async Task N181_The_engines_files_say_its_version_and_name(string? version, string? name, string shownVersion, string shownName)
    {
        var engine = _folder.PathOf("engine", "run.sh");
        Directory.CreateDirectory(_folder.PathOf("engine"));
        File.Copy(NodeProcess.Engine, engine);
        foreach (var (file, text) in new[] { ("VERSION", version), ("ENGINE", name) })
        {
            if (text is not null)
            {
                await File.WriteAllTextAsync(_folder.PathOf("engine", file), text);
            }
        }

        await using var node = await NodeProcess.StartAsync(_folder.PathOf("data"), "--engine-command", engine);
        var info = await node.GetAsync("/info");
        Assert.Equal(shownVersion, info.GetProperty("engineVersion").GetString());
        Assert.Equal(shownName, info.GetProperty("engine").GetString());
    }

    [Fact]
    public async Task N182_The_engine_gets_options_folder_side_files_and_id_in_this_order()
    {
        await using var node = await NodeProcess.StartAsync(_folder.PathOf("data"));
        using var form = new RawForm();
        form.File("a.jpg").File("gcp_list.txt").File("geo.txt").File("align.laz").File("image_groups.txt").Field("skipPostProcessing", "true")
            .Field("options", """[{"name":"primary-band","value":"where"},{"name":"dsm","value":true},{"name":"dtm","value":false},{"name":"crop","value":"2.50"},{"name":"split","value":400}]""");
        var uuid = (await node.PostAsync("/task/new", form.End().ToContent())).Uuid();
        await node.WaitForEndAsync(uuid);
        string File(string name) => node.PathOf(uuid, "gcp", name);

        string[] arguments =
        [
            "--crop", "2.5", "--dsm", "--split", "400", "--primary-band", "where", "--project-path", node.Data, "--gcp", File("gcp_list.txt"),
            "--geo", File("geo.txt"), "--align", File("align.laz"), "--split-image-groups", File("image_groups.txt"), uuid,
        ];
        string[] expected =
        [
            .. arguments.Select(argument => $"argument <{argument}>"),
            $"folder <{Path.GetDirectoryName(NodeProcess.Engine)}> noninteractive <1>", "Compressing all.zip",
        ];
        Assert.Equal(expected, await node.OutputAsync(uuid));
    }

    [Fact]
    public async Task N120_An_engine_reports_nine_tenths_of_its_progress_to_port_6367()
    {
        var isTaken = IPGlobalProperties.GetIPGlobalProperties().GetActiveUdpListeners().Any(listener => listener.Port == 6367);
        await using var node = await NodeProcess.StartAsync(_folder.Root);
        var uuid = await node.CreateAsync("port,odmport,hold");
        var port = await node.LineAsync(uuid, "port <");
        if (isTaken)
        {
            // Another node of this machine has the port: this one must listen elsewhere and tell its engine so.
            Assert.NotEqual("port <6367>", port);
        }
        else
        {
            Assert.Equal("port <6367>", port);
            await node.WaitAsync(uuid, info => info.Progress() == 54);
        }

        await node.SucceedAsync("remove", uuid);
    }

    private static int FirstFreePort()
    {
        for (var port = 3000; ; port++)
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; the next one.
            }
        }
    }
}
