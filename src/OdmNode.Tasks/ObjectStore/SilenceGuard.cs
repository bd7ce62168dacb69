namespace OdmNode.Tasks.ObjectStore;

/// <summary>Gives up requests on which nothing moves: a connection may die without either side being told.</summary>
internal static class SilenceGuard
{
    /// <summary>Runs a request.</summary>
    /// <param name="limit">How long nothing may move.</param>
    /// <param name="time">The clock.</param>
    /// <param name="request">The request; it calls its first argument whenever something moves.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="TimeoutException">Nothing moved for too long.</exception>
    /// <exception cref="OperationCanceledException">The request was ended, with the given token.</exception>
    public static async Task<T> RunAsync<T>(
        TimeSpan limit, TimeProvider time, Func<Action, CancellationToken, Task<T>> request, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            return await request(() => silence.CancelAfter(limit), either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (either.IsCancellationRequested || exception is OperationCanceledException)
        {
            // The caller's wish comes first. A connection that is not made in time looks like a cancellation that nobody asked for.
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException("The store did not answer in time.", exception);
        }
    }
}
