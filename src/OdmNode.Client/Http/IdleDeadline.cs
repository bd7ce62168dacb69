namespace OdmNode.Client.Http;

/// <summary>A token that is cancelled by its caller, or when nothing has moved for a while.</summary>
internal sealed class IdleDeadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly TimeSpan _limit;

    public IdleDeadline(TimeSpan limit, CancellationToken cancellationToken)
    {
        _limit = limit;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _source.CancelAfter(limit);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Something moved.</summary>
    public void Extend() => _source.CancelAfter(_limit);

    public void Dispose() => _source.Dispose();
}
