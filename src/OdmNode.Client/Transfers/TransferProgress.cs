namespace OdmNode.Client.Transfers;

/// <summary>How far an upload or a download is.</summary>
/// <param name="Bytes">Moved so far, what an earlier attempt has moved included.</param>
/// <param name="Total">To be moved in all; 0 while unknown.</param>
/// <param name="BytesPerSecond">Over the last seconds.</param>
public readonly record struct TransferProgress(long Bytes, long Total, double BytesPerSecond)
{
    /// <summary>From 0 to 1.</summary>
    public double Fraction => Total > 0 ? Math.Clamp((double)Bytes / Total, 0, 1) : 0;

    /// <summary>Until the end at the present speed; null while that cannot be said.</summary>
    public TimeSpan? TimeLeft => Total > 0 && BytesPerSecond > 0 ? TimeSpan.FromSeconds((Total - Bytes) / BytesPerSecond) : null;
}
