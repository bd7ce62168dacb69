using System.Diagnostics;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

/// <summary>Senders that take their time. They all begin with the class and go on side by side.</summary>
public sealed class SlowSenderTests(SlowSenderTests.SlowSenders shared) : IClassFixture<SlowSenderTests.SlowSenders>
{
    [Fact]
    public async Task N15_An_upload_of_a_hundred_bytes_a_second_is_not_cut()
    {
        var (answer, took) = await shared.Upload;

        Assert.Equal("""{"success":true}""", answer.Text);
        Assert.True(took > TimeSpan.FromSeconds(19));
        Assert.Equal($$"""{"uuid":"{{shared.Uuid}}"}""", (await shared.Node.CommitAsync(shared.Uuid)).GetRawText());
        await shared.Node.WaitForEndAsync(shared.Uuid);
        Assert.Equal(new string('x', SlowSenders.Bytes), await File.ReadAllTextAsync(shared.Node.PathOf(shared.Uuid, "images", "slow.jpg")));
    }

    [Fact]
    public async Task Clients_that_never_end_their_headers_are_cut_and_nobody_waits_for_them() => Assert.All(await shared.Hangers, Assert.True);

    [Fact]
    public async Task Five_hundred_idle_connections_do_not_stop_the_node()
    {
        var idle = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => RawConnection.OpenAsync(shared.Node)));
        var half = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => RawConnection.OpenAsync(shared.Node)));
        await Task.WhenAll(half.Select(connection => connection.SendAsync("POST /task/new HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n")));
        var watch = Stopwatch.StartNew();
        Assert.Equal("2.2.4", (await shared.Node.GetAsync("/info")).GetProperty("version").GetString());

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"/info took {watch.Elapsed}");
        foreach (var connection in idle.Concat(half))
        {
            connection.Dispose();
        }
    }

    /// <summary>A daemon, and those who send to it slowly.</summary>
    public sealed class SlowSenders : SharedNode
    {
        public const int Bytes = 2000;

        public string Uuid { get; private set; } = string.Empty;

        /// <summary>The answer to an upload of 100 bytes a second.</summary>
        internal Task<(RawAnswer Answer, TimeSpan Took)> Upload { get; private set; } = null!;

        /// <summary>Whether the daemon ended the connections of those who keep sending headers.</summary>
        internal Task<bool[]> Hangers { get; private set; } = null!;

        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            Uuid = await Node.InitAsync();
            Upload = UploadSlowlyAsync();
            Hangers = Task.WhenAll(Enumerable.Range(0, 50).Select(_ => HangAsync()));
        }

        private async Task<(RawAnswer Answer, TimeSpan Took)> UploadSlowlyAsync()
        {
            var watch = Stopwatch.StartNew();
            using var form = new RawForm();
            var body = form.File("slow.jpg", new string('x', Bytes)).End().ToBytes();
            using var connection = await RawConnection.OpenAsync(Node);
            await connection.SendAsync(
                $"POST /task/new/upload/{Uuid} HTTP/1.1\r\nHost: x\r\nContent-Type: {form.ContentType}\r\nContent-Length: {body.Length}\r\n\r\n");
            foreach (var piece in body.Chunk(20))
            {
                await connection.SendAsync(piece);
                await Task.Delay(TimeSpan.FromSeconds(0.2));
            }

            return (await connection.ReadAsync(), watch.Elapsed);
        }

        private async Task<bool> HangAsync()
        {
            using var connection = await RawConnection.OpenAsync(Node);
            await connection.SendAsync("GET /info HTTP/1.1\r\n");
            var sending = Task.Run(async () =>
            {
                try
                {
                    for (var second = 0; second < 60; second++)
                    {
                        await connection.SendAsync($"X-{second}: y\r\n");
                        await Task.Delay(TimeSpan.FromSeconds(1));
                    }
                }
                catch (Exception exception) when (exception is IOException or ObjectDisposedException)
                {
                    // The daemon has had enough, which is what is waited for.
                }
            });
            var ended = await connection.ReadAsync(seconds: 50) is { Code: 408 } && await connection.IsEndedAsync();
            connection.Dispose();
            await sending;
            return ended;
        }
    }
}
