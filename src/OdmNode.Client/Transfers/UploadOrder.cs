namespace OdmNode.Client.Transfers;

/// <summary>What is to be uploaded.</summary>
public sealed record UploadOrder
{
    /// <summary>The task to be created.</summary>
    public required TaskRequest Request { get; init; }

    /// <summary>Paths of all files; their names must differ.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Told the id before the first file is sent, so that it can be remembered for <see cref="UploadSession.ResumeAsync"/>.</summary>
    public Action<string> OnBegun { get; init; } = _ => { };

    /// <summary>Told how far the transfer is, one call at a time.</summary>
    public Action<TransferProgress> OnProgress { get; init; } = _ => { };
}
