using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

public sealed class ZipUrlTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeProcess _node = shared.Node;

    [Fact]
    public async Task N75_A_zipurl_alone_makes_a_task_of_the_flattened_archive()
    {
        await using var server = await TinyServer.StartAsync((context, _) => context.Response.Body.WriteAsync(Archive()).AsTask());
        using var form = new MultipartFormDataContent { { new StringContent(server.Address + "/photos.zip"), "zipurl" } };
        var uuid = (await _node.PostAsync("/task/new", form)).Uuid();
        var info = await _node.WaitForEndAsync(uuid);

        Assert.Equal(40, info.Code());
        Assert.Equal(2, info.GetProperty("imagesCount").GetInt32());
        Assert.Equal(["a.jpg", "b.jpg"], _node.Images(uuid));
        Assert.Equal("second", await File.ReadAllTextAsync(_node.PathOf(uuid, "images", "a.jpg")));
        Assert.True(File.Exists(_node.PathOf(uuid, "gcp", "gcp_list.txt")));
    }

    [Fact]
    public async Task N76_A_zipurl_that_fails_leaves_a_failed_task_that_says_why()
    {
        await using var server = await TinyServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = context.Request.Path == "/page" ? 200 : 404;
            return context.Response.WriteAsync("<html>no archive</html>");
        });

        Assert.Equal("connect ECONNREFUSED 127.0.0.1:1", await FailureAsync("http://127.0.0.1:1/photos.zip"));
        Assert.Equal("Invalid URI \"notaurl\"", await FailureAsync("notaurl"));
        Assert.Contains("404", await FailureAsync(server.Address + "/photos.zip"), StringComparison.Ordinal);
        Assert.StartsWith("Could not extract .zip file", await FailureAsync(server.Address + "/page"), StringComparison.Ordinal);
    }

    private static byte[] Archive()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in new[] { ("one/a.jpg", "first"), ("two/a.jpg", "second"), ("b.jpg", "b"), ("gcp_list.txt", "EPSG:32615") })
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(content);
            }
        }

        return bytes.ToArray();
    }

    private async Task<string> FailureAsync(string url)
    {
        using var form = new MultipartFormDataContent { { new StringContent(url), "zipurl" } };
        var uuid = (await _node.PostAsync("/task/new", form)).Uuid();
        var info = await _node.WaitForEndAsync(uuid);
        Assert.Equal((30, 0), (info.Code(), info.GetProperty("imagesCount").GetInt32()));
        Assert.Contains((await _node.GetAsync("/task/list")).EnumerateArray(), task => task.Uuid() == uuid);
        return info.ErrorMessage()!;
    }
}
