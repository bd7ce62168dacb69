namespace OdmNode.Pipeline.Running;

/// <summary>How a line is meant.</summary>
public enum MessageLevel
{
    Info,

    /// <summary>Something was left out or repaired; the run goes on.</summary>
    Warning,
}
