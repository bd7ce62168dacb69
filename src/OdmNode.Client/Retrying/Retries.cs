using Polly;
using Polly.Retry;

namespace OdmNode.Client.Retrying;

/// <summary>When a failed request is worth another attempt, and when.</summary>
internal static class Retries
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>A number of further attempts, with pauses that double and vary, so that callers of one node do not march in step.</summary>
    /// <param name="count">Further attempts after the first.</param>
    /// <param name="pause">The first pause.</param>
    /// <param name="isWorthIt">Which failures may pass.</param>
    /// <param name="time">The clock.</param>
    public static ResiliencePipeline Of(int count, TimeSpan pause, Func<NodeException, bool> isWorthIt, TimeProvider time) =>
        Build(count, pause, isWorthIt, _ => { }, time);

    /// <summary>Attempts until one succeeds, fails for good, or patience ends.</summary>
    /// <param name="patience">Asked after every failure.</param>
    /// <param name="pause">The first pause.</param>
    /// <param name="onFailure">Told every failure that is followed by another attempt.</param>
    /// <param name="isWorthIt">Which failures may pass.</param>
    /// <param name="time">The clock.</param>
    public static ResiliencePipeline While(
        Patience patience, TimeSpan pause, Func<NodeException, bool> isWorthIt, Action<NodeException> onFailure, TimeProvider time) =>
        Build(int.MaxValue, pause, exception => isWorthIt(exception) && !patience.IsOver, onFailure, time);

    private static ResiliencePipeline Build(
        int count, TimeSpan pause, Func<NodeException, bool> isWorthIt, Action<NodeException> onFailure, TimeProvider time)
    {
        if (count == 0)
        {
            return ResiliencePipeline.Empty;
        }

        var options = new RetryStrategyOptions
        {
            MaxRetryAttempts = count,
            Delay = pause,
            MaxDelay = LongestPause,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is NodeException exception && isWorthIt(exception)),
            OnRetry = arguments =>
            {
                onFailure((NodeException)arguments.Outcome.Exception!);
                return ValueTask.CompletedTask;
            },
        };
        return new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(options).Build();
    }
}
