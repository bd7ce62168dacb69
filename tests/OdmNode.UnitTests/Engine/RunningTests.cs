using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OdmNode.Core.Errors;
using OdmNode.Core.Identity;
using OdmNode.Engine.Assets;
using OdmNode.Engine.Running;
using OdmNode.Pipeline.Running;

namespace OdmNode.UnitTests.Engine;

public sealed class RunningTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("odmnode-engine-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_second_engine_is_kept_off_a_project_until_the_first_ends()
    {
        using (ProjectLock.Take(folder))
        {
            Assert.Equal(ErrorKind.Storage, Assert.Throws<OdmException>(() => ProjectLock.Take(folder)).Kind);
        }

        ProjectLock.Take(folder).Dispose();
    }

    [Fact]
    public void The_cache_loads_once_and_drops_what_was_not_used_for_longest()
    {
        var cache = new LruCache<string>(20);
        int loads = 0;
        string Load(string key) => cache.Get(key, 10, () =>
        {
            Interlocked.Increment(ref loads);
            return key;
        });
        Parallel.For(0, 50, _ => Load("a"));
        Assert.Equal(1, loads);
        Load("b");
        Load("a");
        Load("c");
        Assert.Equal(3, loads);
        Load("a");
        Assert.Equal(3, loads);
        Load("b");
        Assert.Equal(4, loads);
    }

    [Fact]
    public async Task What_is_being_loaded_is_found_when_it_is_there()
    {
        var cache = new LruCache<string>(20);
        Assert.Null(cache.Find("a"));
        using var begun = new SemaphoreSlim(0);
        using var ended = new SemaphoreSlim(0);
        Task<string> load = Task.Run(() => cache.Get("a", 10, () =>
        {
            begun.Release();
            ended.Wait();
            return "x";
        }));
        await begun.WaitAsync();
        Task<string?> find = Task.Run(() => cache.Find("a"));
        Assert.NotSame(find, await Task.WhenAny(find, Task.Delay(100)));
        ended.Release();
        Assert.Equal("x", await find);
        Assert.Equal("x", await load);
    }

    [Fact]
    public void A_failed_load_is_tried_again()
    {
        var cache = new LruCache<string>(20);
        Assert.Throws<InvalidOperationException>(() => cache.Get("a", 1, () => throw new InvalidOperationException()));
        Assert.Equal("x", cache.Get("a", 1, () => "x"));
    }

    [Fact]
    public void Progress_goes_out_as_datagrams_of_odms_form()
    {
        using var node = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        node.Client.ReceiveTimeout = 5000;
        using var beacon = new ProgressBeacon(((IPEndPoint)node.Client.LocalEndPoint!).Port, "beach", TimeProvider.System);
        beacon.Send(new RunProgress(0.125, 0.0625, StageNames.EstimateDepth, 3, 18));
        beacon.Send(new RunProgress(0.126, 0.0625, StageNames.EstimateDepth, 4, 18));
        beacon.Send(new RunProgress(1, 0.0625, StageNames.EstimateDepth, 18, 18));
        IPEndPoint? from = null;
        Assert.Equal($"PGUP/{Environment.ProcessId}/beach/12.5", Encoding.UTF8.GetString(node.Receive(ref from)));
        Assert.Equal(
            $"STEP/{Environment.ProcessId}/beach/openmvs/estimate-depth/3/18/0.125/0.0625", Encoding.UTF8.GetString(node.Receive(ref from)));
        Assert.Equal($"PGUP/{Environment.ProcessId}/beach/100", Encoding.UTF8.GetString(node.Receive(ref from)));
        Assert.Equal(
            $"STEP/{Environment.ProcessId}/beach/openmvs/estimate-depth/18/18/1/0.0625", Encoding.UTF8.GetString(node.Receive(ref from)));
        Assert.Equal(0, node.Available);
    }

    [Fact]
    public void The_archive_holds_what_is_there_stored_and_nothing_else()
    {
        Write("images/a.jpg", "photo");
        Write("images.json", "[]");
        Write("odm_report/stats.json", "{}");
        Write("odm_report/sub/ä b.txt", "x");
        Write("odm_report/.partial-shots.geojson", "half");
        string archive = Path.Combine(folder, "all.zip");
        ArchivePacker.Pack(folder, AssetPaths.ArchiveContent, archive, CancellationToken.None);
        using ZipArchive zip = ZipFile.OpenRead(archive);
        Assert.Equal(["images.json", "odm_report/stats.json", "odm_report/sub/ä b.txt"], zip.Entries.Select(entry => entry.FullName));
        Assert.All(zip.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
    }

    private void Write(string path, string text)
    {
        string full = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
