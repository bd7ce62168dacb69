using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using OdmNode.Tasks.Uploads;
using OdmNode.Testing.Files;
using OdmNode.UnitTests.Tasks.Serving;

namespace OdmNode.UnitTests.Tasks.Uploads;

public sealed class ZipUrlDownloadTests : IDisposable
{
    private const string Refused = " is never connected to: it is link-local or belongs to a cloud's metadata service";
    private static readonly IntakeLimits Limits = new() { DiskReserveBytes = 0, Pause = TimeSpan.Zero };
    private static readonly byte[] Content = MakeContent(1);

    private readonly TemporaryFolder _folder = new();

    private string Target => _folder.PathOf("zipurl.zip");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_appears_under_its_name_when_it_is_whole()
    {
        var encoding = "";
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            encoding = context.Request.Headers.AcceptEncoding;
            await context.Response.Body.WriteAsync(Content);
        });

        await FetchAsync(server.At("/a.zip"));

        Assert.Equal(Content, await File.ReadAllBytesAsync(Target));
        Assert.Equal([Target], Directory.EnumerateFileSystemEntries(_folder.Root));
        Assert.Equal("identity", encoding);
    }

    [Theory]
    [InlineData("notaurl", "Invalid URI \"notaurl\"")]
    [InlineData("/etc/passwd", "Invalid URI \"/etc/passwd\"")]
    [InlineData("http://", "Invalid URI \"http://\"")]
    [InlineData("ftp://127.0.0.1/a.zip", "Only http and https addresses can be fetched, not ftp")]
    [InlineData("file:///etc/passwd", "Only http and https addresses can be fetched, not file")]
    [InlineData("http://127.0.0.1:1/a.zip", "connect ECONNREFUSED 127.0.0.1:1")]
    [InlineData("http://169.254.169.254/latest/meta-data/", "The address 169.254.169.254" + Refused)]
    [InlineData("http://2852039166/", "The address 169.254.169.254" + Refused)]
    [InlineData("http://[::ffff:169.254.169.254]/", "The address [::ffff:169.254.169.254]" + Refused)]
    [InlineData("http://[fe80::1]/", "The address [fe80::1]" + Refused)]
    public async Task An_address_that_cannot_be_fetched_is_told_why(string url, string reason)
    {
        Assert.Equal(reason, (await FailAsync(url)).Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Root));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(304)]
    public async Task A_page_that_tells_of_a_failure_is_no_archive(int status)
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        Assert.Equal($"The address answered with status {status}", (await FailAsync(server.At("/a.zip"))).Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Root));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task Five_redirects_are_followed_and_six_are_not()
    {
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            var left = int.Parse(context.Request.Path.Value![1..], CultureInfo.InvariantCulture);
            if (left == 0)
            {
                await context.Response.Body.WriteAsync(Content);
            }
            else
            {
                context.Response.StatusCode = 301 + (left % 2);
                context.Response.Headers.Location = $"/{left - 1}";
            }
        });

        await FetchAsync(server.At("/5"));
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target));
        Assert.Equal("The address redirects more than 5 times", (await FailAsync(server.At("/6"))).Message);
    }

    [Theory]
    [InlineData("http://169.254.169.254/", "The address 169.254.169.254" + Refused)]
    [InlineData("file:///etc/passwd", "Only http and https addresses can be fetched, not file")]
    public async Task Every_hop_of_a_redirect_is_held_to_the_same_rules(string location, string reason)
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = location;
            return Task.CompletedTask;
        });

        Assert.Equal(reason, (await FailAsync(server.At("/"))).Message);
    }

    [Fact]
    public async Task Name_and_password_of_an_address_are_sent_to_its_own_host_only()
    {
        var seen = new ConcurrentQueue<string?>();
        await using var other = await LoopbackServer.StartAsync(context =>
        {
            seen.Enqueue(context.Request.Headers.Authorization);
            return Task.CompletedTask;
        });
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            seen.Enqueue(context.Request.Headers.Authorization);
            context.Response.Redirect(other.At("/"));
            return Task.CompletedTask;
        });

        await FetchAsync(server.At("/a.zip").Replace("http://", "http://user:p%40ss@", StringComparison.Ordinal));

        Assert.Equal(["Basic " + Convert.ToBase64String("user:p@ss"u8), null], seen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_transfer_that_breaks_off_goes_on_where_it_stopped(bool hasTag)
    {
        var asked = new ConcurrentQueue<(string? Range, string? Condition)>();
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            var request = context.Request.GetTypedHeaders();
            asked.Enqueue((context.Request.Headers.Range, context.Request.Headers.IfRange));
            var from = (int)(request.Range?.Ranges.Single().From ?? 0);
            context.Response.StatusCode = from > 0 ? 206 : 200;
            if (from > 0)
            {
                context.Response.GetTypedHeaders().ContentRange = new ContentRangeHeaderValue(from, Content.Length - 1, Content.Length);
            }

            context.Response.Headers.ETag = hasTag ? "\"one\"" : default;
            context.Response.ContentLength = Content.Length - from;
            await SendAsync(context, from, Content, asked.Count < 3 ? 100_000 : int.MaxValue);
        });

        await FetchAsync(server.At("/a.zip"));

        Assert.Equal(Content, await File.ReadAllBytesAsync(Target));
        var condition = hasTag ? "\"one\"" : null;
        Assert.Equal([(null, null), ("bytes=100000-", condition), ("bytes=200000-", condition)], asked);
    }

    [Fact]
    public async Task A_server_without_ranges_or_with_another_file_by_now_is_read_from_the_start()
    {
        var second = MakeContent(2);
        var count = 0;
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            context.Response.ContentLength = Content.Length;
            await SendAsync(context, 0, count++ == 0 ? Content : second, count == 1 ? 100_000 : int.MaxValue);
        });

        await FetchAsync(server.At("/a.zip"));

        Assert.Equal(second, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task A_part_that_was_not_asked_for_is_not_put_together_with_the_first()
    {
        var count = 0;
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            context.Response.ContentLength = Content.Length;
            if (count++ > 0)
            {
                context.Response.StatusCode = 206;
                context.Response.GetTypedHeaders().ContentRange = new ContentRangeHeaderValue(0, Content.Length - 1, Content.Length);
            }

            await SendAsync(context, 0, Content, 100_000);
        });

        Assert.StartsWith("The address answered with another part", (await FailAsync(server.At("/a.zip"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transfer_that_always_breaks_off_is_given_up_after_three_attempts_and_leaves_nothing()
    {
        var count = 0;
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            context.Response.ContentLength = Content.Length;
            await SendAsync(context, 0, Content, 1000 * ++count);
        });

        Assert.StartsWith("The download broke off: ", (await FailAsync(server.At("/a.zip"))).Message, StringComparison.Ordinal);
        Assert.Equal(3, server.Requests);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Root));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task A_silent_server_is_not_waited_for(int sent)
    {
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            if (sent > 0)
            {
                await context.Response.Body.WriteAsync(Content.AsMemory(0, sent));
                await context.Response.Body.FlushAsync();
            }

            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        var failure = await FailAsync(server.At("/a.zip"), Limits with { IdleTimeout = TimeSpan.FromSeconds(0.5), Attempts = 1 });

        Assert.Equal("The address was silent for 0.5 s", failure.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_archive_beyond_the_limit_is_refused_whether_its_length_is_announced_or_not(bool isAnnounced)
    {
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            context.Response.ContentLength = isAnnounced ? Content.Length : null;
            await SendAsync(context, 0, Content, int.MaxValue);
        });
        var exact = Limits with { MaxArchiveBytes = Content.Length };

        await FetchAsync(server.At("/a.zip"), exact);
        File.Delete(Target);
        var failure = await FailAsync(server.At("/a.zip"), exact with { MaxArchiveBytes = Content.Length - 1 });

        Assert.Equal($"The archive at the address is larger than the {Content.Length - 1} bytes that this node accepts", failure.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Root));
    }

    [Fact]
    public async Task The_reserve_of_the_disk_is_not_touched()
    {
        await using var server = await LoopbackServer.StartAsync(context => SendAsync(context, 0, Content, int.MaxValue));

        var failure = await FailAsync(server.At("/a.zip"), Limits with { DiskReserveBytes = long.MaxValue });

        Assert.Equal("The archive at the address is larger than the free disk of the node", failure.Message);
    }

    [Fact]
    public async Task Cancelling_ends_a_transfer_at_once_and_leaves_nothing()
    {
        using var source = new CancellationTokenSource();
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            await context.Response.Body.WriteAsync(Content);
            await context.Response.Body.FlushAsync();
            await source.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var download = new ZipUrlDownload(Limits);
        var watch = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download.FetchAsync(server.At("/a.zip"), Target, source.Token));

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Root));
    }

    private static byte[] MakeContent(int seed)
    {
        var content = new byte[300_000];
        new Random(seed).NextBytes(content);
        return content;
    }

    /// <summary>Sends everything, or so many bytes, and then tears the connection when they have arrived: it would overtake them.</summary>
    /// <param name="context">The request.</param>
    /// <param name="from">Where the answer begins in the content.</param>
    /// <param name="content">The whole content.</param>
    /// <param name="most">How many bytes are sent.</param>
    private async Task SendAsync(HttpContext context, int from, byte[] content, int most)
    {
        var part = content.AsMemory(from);
        await context.Response.Body.WriteAsync(part[..Math.Min(most, part.Length)]);
        if (most < part.Length)
        {
            await context.Response.Body.FlushAsync();
            while (new FileInfo(Target + ".partial") is not { Exists: true } file || file.Length < from + most)
            {
                await Task.Delay(5, context.RequestAborted);
            }

            context.Abort();
        }
    }

    private async Task FetchAsync(string url, IntakeLimits? limits = null)
    {
        using var download = new ZipUrlDownload(limits ?? Limits);
        await download.FetchAsync(url, Target, CancellationToken.None);
    }

    private Task<DownloadException> FailAsync(string url, IntakeLimits? limits = null) =>
        Assert.ThrowsAsync<DownloadException>(() => FetchAsync(url, limits));
}
