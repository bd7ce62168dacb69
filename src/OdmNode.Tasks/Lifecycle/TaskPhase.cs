namespace OdmNode.Tasks.Lifecycle;

/// <summary>What is being done to a task; together with the status it is the whole state.</summary>
public enum TaskPhase
{
    /// <summary>Uploaded files are moved and sorted.</summary>
    Initialising = 0,

    /// <summary>Waiting for a slot.</summary>
    Waiting = 1,

    /// <summary>The engine works.</summary>
    Processing = 2,

    /// <summary>The archive is being written.</summary>
    Packing = 3,

    /// <summary>Nothing more will happen without a request.</summary>
    Ended = 4,
}
