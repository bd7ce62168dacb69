using OdmNode.Tasks.ObjectStore;

namespace OdmNode.ConformanceTests.ObjectStore;

/// <summary>N-180: a store that does not do what it should.</summary>
public sealed class RetryTests(S3Server server) : IClassFixture<S3Server>
{
    private const int Part = 64 * 1024;
    private static readonly UploadLimits SmallParts = new() { SmallestPart = Part, LargestPart = Part };

    private readonly RecordedTime _time = new();

    [Theory]
    [InlineData(1, new double[] { 2 })]
    [InlineData(3, new double[] { 2, 4, 8 })]
    [InlineData(6, new double[] { 2, 4, 8, 16, 32, 64 })]
    public async Task N180_A_file_is_tried_again_after_waits_that_double(int failures, double[] waits)
    {
        using var task = new UploadedTask(1000);
        await using var front = await StoreFront.StartAsync(server, request => request.Number <= failures ? Treatment.Refuse : Treatment.Pass);

        await UploadAsync(task, front);

        Assert.Equal(waits, _time.Waits);
        Assert.Equal(task.Archive, server.Content($"{task.Id}/all.zip"));
        Assert.Equal(failures + 1, front.Seen.Count);
        Assert.Equal(failures, task.Lines.Count(line => line.StartsWith("[WARNING] Cannot upload all.zip to S3: ", StringComparison.Ordinal)));
        Assert.Contains(task.Lines, line => line.EndsWith($"Trying again in {waits[^1]} s ({failures} of 6).", StringComparison.Ordinal));
        Assert.Equal("Done uploading to S3!", task.Lines[^1]);
    }

    [Fact]
    public async Task N180_After_six_retries_the_file_has_failed_and_the_console_has_the_reason()
    {
        using var task = new UploadedTask(1000);
        await using var front = await StoreFront.StartAsync(server, _ => Treatment.Refuse);

        var failure = await Assert.ThrowsAsync<ResultUploadException>(() => UploadAsync(task, front));

        Assert.Equal([2, 4, 8, 16, 32, 64], _time.Waits);
        Assert.Equal(7, front.Seen.Count);
        Assert.Equal("[ERROR] Cannot upload all.zip to S3: Please reduce your request rate. (503 SlowDown)", task.Lines[^1]);
        Assert.Equal(task.Lines[^1], failure.Message);
        Assert.Empty(server.Objects($"{task.Id}/"));
    }

    [Theory]
    [InlineData(nameof(Treatment.Refuse))]
    [InlineData(nameof(Treatment.Cut))]
    public async Task Only_the_part_that_failed_is_sent_again(string treatment)
    {
        var mischief = Enum.Parse<Treatment>(treatment);
        var failed = 0;
        using var task = new UploadedTask((5 * Part) + 1);
        await using var front = await StoreFront.StartAsync(
            server, request => request.Part == "3" && Interlocked.Exchange(ref failed, 1) == 0 ? mischief : Treatment.Pass);

        await UploadAsync(task, front);

        Assert.Equal(["1", "2", "3", "3", "4", "5", "6"], front.Seen.Select(request => request.Part).OfType<string>().Order());
        Assert.Equal(task.Archive, server.Content($"{task.Id}/all.zip"));
        Assert.Single(task.Lines, "Uploading all.zip... 100%");
        Assert.Equal(task.Fractions.Order(), task.Fractions);
    }

    [Fact]
    public async Task An_upload_that_the_store_has_forgotten_begins_anew()
    {
        var forgotten = 0;
        using var task = new UploadedTask(3 * Part);
        await using var front = await StoreFront.StartAsync(
            server,
            request => request.Method == "POST" && request.Target.Contains("uploadId", StringComparison.Ordinal) && Interlocked.Exchange(ref forgotten, 1) == 0
                ? Treatment.Forget
                : Treatment.Pass);

        await UploadAsync(task, front);

        Assert.Equal(2, front.Seen.Count(request => request.Target.EndsWith("?uploads", StringComparison.Ordinal)));
        Assert.Equal(task.Archive, server.Content($"{task.Id}/all.zip"));
    }

    [Fact]
    public async Task A_request_on_which_nothing_moves_is_given_up_and_tried_again()
    {
        using var task = new UploadedTask(1000);
        await using var front = await StoreFront.StartAsync(server, request => request.Number == 1 ? Treatment.Hold : Treatment.Pass);

        await UploadAsync(task, front, new UploadLimits { Silence = TimeSpan.FromMilliseconds(300) });

        Assert.Contains($"[WARNING] Cannot upload all.zip to S3: {front.Url} did not answer in time. Trying again in 2 s (1 of 6).", task.Lines);
        Assert.Equal(task.Archive, server.Content($"{task.Id}/all.zip"));
    }

    [Fact]
    public async Task A_file_that_failed_for_good_leaves_no_parts_and_ends_the_others()
    {
        using var task = new UploadedTask(4 * Part);
        for (var i = 0; i < 30; i++)
        {
            task.Add($"{i}.txt", [1]);
        }

        await using var front = await StoreFront.StartAsync(
            server, request => request.Part == "2" || request.Target.EndsWith(".txt", StringComparison.Ordinal) ? Treatment.Refuse : Treatment.Pass);

        await Assert.ThrowsAsync<ResultUploadException>(() => UploadAsync(task, front, SmallParts with { Retries = 1 }, everything: true));

        Assert.Empty(server.Objects($"{task.Id}/"));
        Assert.Empty(server.UnfinishedUploads($"{task.Id}/"));
        Assert.InRange(front.Seen.Count(request => request.Target.EndsWith(".txt", StringComparison.Ordinal)), 1, 16);
        Assert.DoesNotContain("Done uploading to S3!", task.Lines);
    }

    private async Task UploadAsync(UploadedTask task, StoreFront front, UploadLimits? limits = null, bool everything = false)
    {
        var settings = server.Settings with { Endpoint = front.Url, UploadEverything = everything };
        using var store = new S3ResultStore(settings, _time, limits ?? SmallParts);
        await task.UploadAsync(store);
    }
}
