using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

/// <summary>Progress and processing time.</summary>
public sealed class ProgressTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeProcess _node = shared.Node;

    [Theory]
    [InlineData("report30,sleep0.1,report80,sleep0.1,report50,sleep0.1", 40)]
    [InlineData("report60,sleep0.1,exit1", 30)]
    public async Task N118_Progress_never_falls_and_ends_at_a_hundred(string mode, int code)
    {
        var uuid = await _node.CreateAsync(mode);
        var seen = await FollowAsync(uuid);

        Assert.Equal(seen.Order(), seen);
        Assert.All(seen, progress => Assert.InRange(progress, 0, 100));
        Assert.Equal(100, seen[^1]);
        Assert.Equal(code, (await _node.InfoAsync(uuid)).Code());
    }

    [Fact]
    public async Task N119_The_archive_is_written_at_93_and_progress_ends_at_a_hundred()
    {
        var uuid = await _node.CreateAsync("sparse400M");
        var seen = await FollowAsync(uuid);

        Assert.Contains(93, seen);
        Assert.All(seen, progress => Assert.True(progress is 0 or 9 or 93 or 97 or 100, $"{progress}"));
        Assert.Equal(100, seen[^1]);
    }

    [Fact]
    public async Task N120_Only_whole_reports_of_an_engine_count_and_nine_tenths_of_them()
    {
        var uuid = await _node.CreateAsync("port,hold");
        var line = await _node.LineAsync(uuid, "port <");
        using var udp = new UdpClient();
        var port = new IPEndPoint(IPAddress.Loopback, int.Parse(line[6..^1], CultureInfo.InvariantCulture));
        foreach (var report in (string[])
            [$"PGUP/1/{uuid}", $"PGUP/1/{uuid}/abc", $"PGUP/1/{uuid}/50/1", $"PGDN/1/{uuid}/50", "PGUP/1/other/50", $"PGUP/1/{uuid}/NaN", "", "\0\0", $"PGUP/1/{uuid}/42.5"])
        {
            await udp.SendAsync(Encoding.ASCII.GetBytes(report), port);
        }

        await _node.WaitAsync(uuid, info => info.Progress() == 38.25);
        await _node.ReleaseAsync(uuid);
        Assert.Equal(100, (await _node.WaitForEndAsync(uuid)).Progress());
    }

    [Fact]
    public async Task N121_Processing_time_is_unknown_at_first_then_grows_and_stays()
    {
        var uuid = await _node.CreateAsync("sleep1.5");
        Assert.Equal(-1, Time(await _node.InfoAsync(uuid)));
        var middle = Time(await _node.WaitAsync(uuid, info => Time(info) > 0));
        var end = Time(await _node.WaitForEndAsync(uuid));
        await Task.Delay(1100);

        Assert.InRange(middle, 1000, 30_000);
        Assert.InRange(end, Math.Max(1500, middle), 60_000);
        Assert.Equal(end, Time(await _node.InfoAsync(uuid)));
    }

    private static long Time(System.Text.Json.JsonElement info) => info.GetProperty("processingTime").GetInt64();

    /// <summary>Every progress that a client sees which asks without pause.</summary>
    private async Task<List<double>> FollowAsync(string uuid)
    {
        var seen = new List<double>();
        while (true)
        {
            var info = await _node.InfoAsync(uuid);
            seen.Add(info.Progress());
            if (info.Code() >= 30)
            {
                return seen;
            }
        }
    }
}
