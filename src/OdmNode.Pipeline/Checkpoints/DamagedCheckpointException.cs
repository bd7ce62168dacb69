namespace OdmNode.Pipeline.Checkpoints;

/// <summary>A checkpoint cannot be trusted. The runner sets it aside and computes it again.</summary>
public sealed class DamagedCheckpointException : Exception
{
    internal DamagedCheckpointException(string path, string reason, Exception? innerException = null)
        : base($"The checkpoint {path} is damaged: {reason}", innerException) => Path = path;

    /// <summary>Absolute path of the file.</summary>
    public string Path { get; }
}
