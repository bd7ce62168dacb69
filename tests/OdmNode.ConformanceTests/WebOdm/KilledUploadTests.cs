using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using OdmNode.ConformanceTests.Nodes;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.WebOdm;

/// <summary>The daemon is killed while the photos of a task that is created in steps come.</summary>
public sealed class KilledUploadTests : IDisposable
{
    private static readonly string[] Arguments = ["--webodm-password", "admin"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task W105_Photos_and_pieces_that_came_before_are_kept_and_the_others_follow()
    {
        var (big, cut) = (RandomNumberGenerator.GetBytes(4000), RandomNumberGenerator.GetBytes(1_000_000));
        string task;
        await using (var node = await NodeProcess.StartAsync(_folder.Root, Arguments))
        {
            using var client = await WebOdmClient.LogInAsync(node);
            var tasks = $"projects/{await client.ProjectAsync()}/tasks/";
            var draft = await client.PostAsync(tasks, WebOdmClient.Form(("partial", "true"), ("options", NodeCalls.Mode("lines2"))));
            task = $"{tasks}{draft.Json.GetProperty("id")}/";
            Assert.Equal(200, (await client.PostAsync(task + "upload/", WebOdmClient.Files(["a.jpg"]))).Status);
            foreach (var index in (int[])[0, 2])
            {
                Assert.Equal("""{"success":true,"uploaded":{}}""", (await client.PostAsync(task + "upload/", Piece(big, index))).Text);
            }

            // The fourth photo is half there.
            using var form = new MultipartFormDataContent { { new HalfContent(cut), "images", "cut.jpg" } };
            var sending = Assert.ThrowsAnyAsync<Exception>(() => client.PostAsync(task + "upload/", form));
            await NodeCalls.UntilAsync(() => CutOff(task).Any(part => new FileInfo(part).Length > cut.Length / 4));
            await node.KillAsync();
            client.Http.CancelPendingRequests();
            await sending;
        }

        await using (var node = await NodeProcess.StartAsync(_folder.Root, Arguments))
        {
            using var client = await WebOdmClient.LogInAsync(node);
            Assert.Equal(1, (await client.ReadAsync(task)).GetProperty("images_count").GetInt32());
            Assert.Empty(CutOff(task));
            Assert.Equal("""{"success":true,"uploaded":{}}""", (await client.PostAsync(task + "upload/", Piece(big, 1))).Text);
            Assert.Equal("""{"success":true,"uploaded":{"big.jpg":4000}}""", (await client.PostAsync(task + "upload/", Piece(big, 3))).Text);
            await node.KillAsync();
        }

        // Whoever did not get the answer to the last piece sends it again, and hears the same.
        await using var last = await NodeProcess.StartAsync(_folder.Root, Arguments);
        using var again = await WebOdmClient.LogInAsync(last);
        Assert.Equal("""{"success":true,"uploaded":{"big.jpg":4000}}""", (await again.PostAsync(task + "upload/", Piece(big, 3))).Text);
        using var whole = new MultipartFormDataContent { { new ByteArrayContent(cut), "images", "cut.jpg" } };
        Assert.Equal("""{"success":true,"uploaded":{"cut.jpg":1000000}}""", (await again.PostAsync(task + "upload/", whole)).Text);
        Assert.Equal(200, (await again.PostAsync(task + "commit/")).Status);

        var done = await again.WaitForAsync(task, 40);
        var uuid = done.GetProperty("uuid").GetString()!;
        Assert.Equal(3, done.GetProperty("images_count").GetInt32());
        Assert.Equal(["a.jpg", "big.jpg", "cut.jpg"], last.Images(uuid));
        Assert.Equal(big, await File.ReadAllBytesAsync(last.PathOf(uuid, "images", "big.jpg")));
        Assert.Equal(cut, await File.ReadAllBytesAsync(last.PathOf(uuid, "images", "cut.jpg")));
    }

    /// <summary>Files that come in one request and are not whole.</summary>
    private IEnumerable<string> CutOff(string task) => Directory
        .EnumerateFiles(Path.Combine(_folder.Root, "webodm", "tasks", task.TrimEnd('/').Split('/')[^1], "parts"))
        .Where(part => !Path.GetFileName(part).StartsWith("pieces-", StringComparison.Ordinal));

    /// <summary>One of four pieces.</summary>
    private static MultipartFormDataContent Piece(byte[] content, int index)
    {
        var length = content.Length / 4;
        return new MultipartFormDataContent
        {
            { new ByteArrayContent(content, index * length, length), "file", "big.jpg" },
            { new StringContent("9d8e"), "dzuuid" },
            { new StringContent(index.ToString(CultureInfo.InvariantCulture)), "dzchunkindex" },
            { new StringContent("4"), "dztotalchunkcount" },
            { new StringContent((index * length).ToString(CultureInfo.InvariantCulture)), "dzchunkbyteoffset" },
        };
    }

    /// <summary>Sends the first half of its bytes and then waits.</summary>
    private sealed class HalfContent(byte[] content) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(content.AsMemory(0, content.Length / 2), cancellationToken);
            await stream.FlushAsync(cancellationToken);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = content.Length;
            return true;
        }
    }
}
