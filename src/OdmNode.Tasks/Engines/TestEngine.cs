namespace OdmNode.Tasks.Engines;

/// <summary>The engine of the test mode: the console of a run that never was, then a wait.</summary>
internal sealed class TestEngine(TestMode mode, TimeProvider time) : IEngine
{
    private const int Lines = 279;

    /// <summary>The first lines are those that the tests of clients compare.</summary>
    private static readonly string[] FirstLines =
    [
        "DJI_0131.JPG - DJI_0313.JPG has 1 candidate matches",
        "DJI_0131.JPG - DJI_0177.JPG has 3 candidate matches",
    ];

    public async Task<EngineOutcome> RunAsync(EngineJob job, CancellationToken stop)
    {
        foreach (var line in FirstLines)
        {
            job.OnLine(line);
        }

        for (var number = FirstLines.Length; number < Lines; number++)
        {
            var (first, second) = (132 + (number / 12), 178 + (number % 12));
            job.OnLine($"DJI_0{first}.JPG - DJI_0{second}.JPG has {number % 7} candidate matches");
        }

        await Task.Delay(mode.Duration, time, stop).ConfigureAwait(false);
        return new EngineOutcome(0, null);
    }
}
