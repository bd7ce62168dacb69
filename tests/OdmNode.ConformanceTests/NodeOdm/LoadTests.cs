using System.Diagnostics;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

/// <summary>A node whose every core is busy and whose network is, too.</summary>
[Collection(AloneCollection.Name)]
public sealed class LoadTests(SharedNode shared) : IClassFixture<SharedNode>
{
    [Fact]
    public async Task N35_Info_answers_within_five_seconds_under_full_load()
    {
        var node = shared.Node;
        for (var number = 0; number < 4; number++)
        {
            await node.CreateAsync("burn4");
        }

        var uuid = await node.InitAsync();
        var bytes = new byte[20_000_000];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(4));
        var uploads = Enumerable.Range(0, 10).Select(async number =>
        {
            using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "images", $"{number}.tif" } };
            Assert.True((await node.UploadAsync(uuid, form)).GetProperty("success").GetBoolean());
        });
        var polls = Enumerable.Range(0, 8).Select(async _ =>
        {
            var longest = TimeSpan.Zero;
            while (!patience.IsCancellationRequested)
            {
                var watch = Stopwatch.StartNew();
                Assert.InRange((await node.GetAsync("/info")).GetProperty("taskQueueCount").GetInt32(), 0, 4);
                longest = watch.Elapsed > longest ? watch.Elapsed : longest;
            }

            return longest;
        });
        var sending = Task.WhenAll(uploads);

        Assert.All(await Task.WhenAll(polls), longest => Assert.True(longest < TimeSpan.FromSeconds(5), $"{longest}"));
        await sending;
    }
}
