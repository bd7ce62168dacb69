using System.Text;
using OdmNode.Tasks.ObjectStore;

namespace OdmNode.ConformanceTests.ObjectStore;

/// <summary>N-180: what arrives in the store, and what the console says meanwhile.</summary>
public sealed class UploadTests(S3Server server) : IClassFixture<S3Server>
{
    private const int Part = 64 * 1024;
    private static readonly UploadLimits SmallParts = new() { SmallestPart = Part, LargestPart = Part };

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(Part, 0)]
    [InlineData(Part + 1, 2)]
    [InlineData(3 * Part, 3)]
    [InlineData((21 * Part) + 7, 22)]
    public async Task N180_The_archive_arrives_as_it_is(int length, int parts)
    {
        using var task = new UploadedTask(length);
        task.Add("odm_report/report.pdf", [1]);
        await using var front = await StoreFront.StartAsync(server, _ => Treatment.Pass);

        await UploadAsync(task, server.Settings with { Endpoint = front.Url });

        Assert.Equal([$"{task.Id}/all.zip"], server.Objects($"{task.Id}/"));
        Assert.Equal(task.Archive, await server.ReadAsync($"{task.Id}/all.zip"));
        Assert.Equal("application/zip", await server.TypeAsync($"{task.Id}/all.zip"));
        Assert.Equal(parts, front.Seen.Count(request => request.Part is not null));
        Assert.Empty(server.UnfinishedUploads($"{task.Id}/"));
    }

    [Fact]
    public async Task N180_The_console_tells_the_progress_in_steps_of_five()
    {
        using var task = new UploadedTask(40 * Part);

        await UploadAsync(task, server.Settings, SmallParts with { PartsAtOnce = 1 });

        Assert.Equal(
            [
                "Uploading 1 files to S3...",
                .. Enumerable.Range(1, 20).Select(step => $"Uploading all.zip... {5 * step}%"),
                "Finalizing all.zip upload, this could take a bit...",
                "Done uploading to S3!",
            ],
            task.Lines);
        Assert.Equal(task.Fractions.Order(), task.Fractions);
        Assert.InRange(task.Fractions.Count, 20, 1001);
        Assert.Equal(1, task.Fractions[^1]);
    }

    [Fact]
    public async Task N180_Everything_is_uploaded_beside_the_archive_when_asked_for()
    {
        string[] names = ["cameras.json", "odm_report/a b+c%20d#é&=日.txt", "orthophoto_tiles/17/3/5.png", "task_output.txt", "x (1).csv"];
        using var task = new UploadedTask(3 * Part);
        foreach (var name in names)
        {
            task.Add(name, Encoding.UTF8.GetBytes(name));
        }

        await UploadAsync(task, server.Settings with { UploadEverything = true });

        Assert.Equal([$"{task.Id}/all.zip", .. names.Select(name => $"{task.Id}/{name}")], server.Objects($"{task.Id}/"));
        Assert.Equal(task.Archive, server.Content($"{task.Id}/all.zip"));
        Assert.All(names, name => Assert.Equal(name, Encoding.UTF8.GetString(server.Content($"{task.Id}/{name}"))));
        Assert.Equal("Uploading 6 files to S3...", task.Lines[0]);
        Assert.Equal("Done uploading to S3!", task.Lines[^1]);
        Assert.All(names, name => Assert.Single(task.Lines, $"Uploading {name}... 100%"));
    }

    [Theory]
    [InlineData("public-read", "public-read")]
    [InlineData("none", null)]
    public async Task Objects_of_one_request_and_of_parts_carry_the_access_list(string setting, string? sent)
    {
        using var task = new UploadedTask(2 * Part);
        task.Add("cameras.json", [1]);
        await using var front = await StoreFront.StartAsync(server, _ => Treatment.Pass);

        await UploadAsync(task, server.Settings with { Endpoint = front.Url, UploadEverything = true, Acl = setting });

        var creations = front.Seen.Where(request => request.Target.EndsWith("?uploads", StringComparison.Ordinal) || !request.Target.Contains('?')).ToList();
        Assert.Equal(2, creations.Count);
        Assert.All(creations, request => Assert.Equal(sent, request.Headers.GetValueOrDefault("x-amz-acl")));
    }

    [Fact]
    public async Task Requests_use_nothing_that_only_Amazon_understands()
    {
        using var task = new UploadedTask(2 * Part);
        task.Add("cameras.json", [1]);
        await using var front = await StoreFront.StartAsync(server, _ => Treatment.Pass);

        await UploadAsync(task, server.Settings with { Endpoint = front.Url, UploadEverything = true });

        Assert.Equal(5, front.Seen.Count);
        Assert.All(front.Seen, request =>
        {
            Assert.Matches("^[0-9a-f]{64}$", request.Headers["x-amz-content-sha256"]);
            Assert.DoesNotContain("content-encoding", request.Headers.Keys);
            Assert.DoesNotContain(request.Headers.Keys, name => name is "x-amz-trailer" || name.StartsWith("x-amz-checksum", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task Four_files_are_under_way_at_the_same_time_and_never_more()
    {
        using var task = new UploadedTask(1);
        for (var i = 0; i < 12; i++)
        {
            task.Add($"{i}.txt", [1]);
        }

        var most = 0;
        var now = 0;
        using var four = new CountdownEvent(4);
        await using var front = await StoreFront.StartAsync(server, request =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            if (request.Number <= 4)
            {
                four.Signal();
                four.Wait(TimeSpan.FromSeconds(30));
            }

            Thread.Sleep(20);
            Interlocked.Decrement(ref now);
            return Treatment.Pass;
        });
        await UploadAsync(task, server.Settings with { Endpoint = front.Url, UploadEverything = true });

        Assert.Equal(13, front.Seen.Count);
        Assert.Equal(4, most);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_a_failure_of_this_machine_not_of_the_store()
    {
        using var task = new UploadedTask(1);
        task.Add("gone.txt", [1]);
        File.Delete(task.PathOf("gone.txt"));

        await Assert.ThrowsAsync<FileNotFoundException>(() => UploadAsync(task, server.Settings with { UploadEverything = true }));
    }

    private static async Task UploadAsync(UploadedTask task, S3Settings settings, UploadLimits? limits = null)
    {
        using var store = new S3ResultStore(settings, new RecordedTime(), limits ?? SmallParts);
        await task.UploadAsync(store);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = target; value > seen; seen = target)
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
