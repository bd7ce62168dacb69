namespace OdmNode.Verbs;

/// <summary>How far a submission is.</summary>
internal enum SubmissionPhase
{
    /// <summary>The upload is open.</summary>
    Uploading,

    /// <summary>The node has the task.</summary>
    Processing,

    /// <summary>The results are waiting on the node.</summary>
    Downloading,
}
