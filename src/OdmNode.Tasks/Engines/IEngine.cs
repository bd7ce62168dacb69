namespace OdmNode.Tasks.Engines;

/// <summary>Turns the photos of a task's folder into results.</summary>
internal interface IEngine
{
    /// <summary>Returns when nothing of the run is alive any more.</summary>
    /// <param name="job">What to do and whom to tell.</param>
    /// <param name="stop">When cancelled, the engine is asked to end and after the job's grace made to.</param>
    /// <exception cref="EngineStartException">The engine cannot be started.</exception>
    Task<EngineOutcome> RunAsync(EngineJob job, CancellationToken stop);
}

/// <summary>One run of an engine.</summary>
/// <param name="Arguments">Handed over as they are; no shell is involved.</param>
/// <param name="OnStarted">Called once with the process number, by an engine that is a process.</param>
/// <param name="OnLine">Called for every console line, one at a time.</param>
/// <param name="Grace">Evaluated when a stop is requested.</param>
internal sealed record EngineJob(IReadOnlyList<string> Arguments, Action<int> OnStarted, Action<string> OnLine, Func<TimeSpan> Grace);
