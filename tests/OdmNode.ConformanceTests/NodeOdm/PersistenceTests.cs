using System.Globalization;
using OdmNode.ConformanceTests.Nodes;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.NodeOdm;

public sealed class PersistenceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task N165_to_N168_A_killed_daemon_knows_every_task_and_goes_on_with_those_that_ran()
    {
        string finished, running, waiting, upload;
        string before;
        int engine;
        await using (var node = await NodeProcess.StartAsync(_folder.Root))
        {
            finished = await node.CreateAsync("progress");
            await node.WaitForEndAsync(finished);
            before = (await node.InfoAsync(finished, "?with_output=0")).GetRawText();
            running = await node.CreateAsync("once");
            var pid = Path.Combine(_folder.Root, running, "engine.pid");
            await node.WaitAsync(running, _ => File.Exists(pid) && new FileInfo(pid).Length > 0);
            engine = int.Parse(await File.ReadAllTextAsync(pid), CultureInfo.InvariantCulture);
            await node.WaitAsync(running, info => info.GetProperty("progress").GetDouble() > 0);
            waiting = await node.CreateAsync();
            await node.WaitAsync(waiting, info => info.Code() == 10);
            upload = (await node.PostAsync("/task/new/init")).GetProperty("uuid").GetString()!;
            await node.PostAsync($"/task/new/upload/{upload}", NodeCalls.Form("a.jpg"));
            await node.KillAsync();
        }

        await using (var node = await NodeProcess.StartAsync(_folder.Root))
        {
            Assert.Equal(before, (await node.InfoAsync(finished, "?with_output=0")).GetRawText());
            Assert.False(Directory.Exists($"/proc/{engine}") && File.ReadAllText($"/proc/{engine}/stat").Contains(") S", StringComparison.Ordinal));
            Assert.Equal(40, (await node.WaitForEndAsync(running)).Code());
            Assert.Equal(40, (await node.WaitForEndAsync(waiting)).Code());
            Assert.Equal(upload, (await node.PostAsync($"/task/new/commit/{upload}")).GetProperty("uuid").GetString());
            Assert.Equal(40, (await node.WaitForEndAsync(upload)).Code());
            Assert.Equal(
                [finished, running, waiting, upload],
                (await node.GetAsync("/task/list")).EnumerateArray().Select(task => task.GetProperty("uuid").GetString()));
        }
    }

    [Fact]
    public async Task N164_N168_N169_A_stopped_daemon_takes_its_engine_along_and_the_task_goes_on_later()
    {
        string running;
        int engine;
        await using (var node = await NodeProcess.StartAsync(_folder.Root))
        {
            running = await node.CreateAsync("once");
            var pid = Path.Combine(_folder.Root, running, "engine.pid");
            await node.WaitAsync(running, _ => File.Exists(pid) && new FileInfo(pid).Length > 0);
            engine = int.Parse(await File.ReadAllTextAsync(pid), CultureInfo.InvariantCulture);
            Assert.Equal(0, await node.TerminateAsync());
        }

        Assert.False(Directory.Exists($"/proc/{engine}"));
        await using (var node = await NodeProcess.StartAsync(_folder.Root))
        {
            var info = await node.WaitForEndAsync(running);
            Assert.Equal(40, info.Code());
            Assert.Contains(await node.OutputAsync(running), line => line.StartsWith("The node was stopped meanwhile", StringComparison.Ordinal));
        }
    }
}
