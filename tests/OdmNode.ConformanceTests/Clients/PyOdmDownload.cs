using System.Collections.Concurrent;
using System.Globalization;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.Clients;

/// <summary>PyODM's download: one streaming request, and sixteen threads with ranges when the archive is large and the node offers them.</summary>
internal static class PyOdmDownload
{
    private const int RangeBytes = 10 * 1024 * 1024;
    private const int Threads = 16;

    /// <returns>The archive's bytes, and whether the parallel mode was taken.</returns>
    public static async Task<(byte[] Bytes, bool IsParallel)> DownloadZipAsync(this PyOdmClient client, string uuid)
    {
        Assert.Equal(40, (await client.TaskInfoAsync(uuid)).Code());
        var path = $"/task/{uuid}/download/all.zip";
        using var first = await client.OpenAsync(path);
        var head = await first.ReadAsync(isHead: true);
        Assert.DoesNotContain("application/json", head.Header("Content-Type"), StringComparison.Ordinal);
        var length = long.Parse(head.Header("Content-Length")!, CultureInfo.InvariantCulture);
        var bytes = new byte[length];
        if (head.Header("Accept-Ranges") != "bytes" || length <= RangeBytes)
        {
            await first.FillAsync(bytes);
            return (bytes, false);
        }

        // The first answer stays unread until the end, and is dropped in the middle of its body then.
        var starts = new ConcurrentQueue<long>();
        for (long start = 0; start < length; start += RangeBytes)
        {
            starts.Enqueue(start);
        }

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(async _ =>
        {
            while (starts.TryDequeue(out var start))
            {
                var end = Math.Min(start + RangeBytes, length) - 1;
                using var connection = await client.OpenAsync(path, $"Range: bytes={start}-{end}");
                var answer = await connection.ReadAsync();
                Assert.Equal(206, answer.Code);
                Assert.Equal(end - start + 1, answer.Body.Length);
                answer.Body.CopyTo(bytes, start);
            }
        }));
        return (bytes, true);
    }
}
