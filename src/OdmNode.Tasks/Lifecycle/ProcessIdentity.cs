namespace OdmNode.Tasks.Lifecycle;

/// <summary>A process that is recognised again even after its number was given to another.</summary>
/// <param name="Pid">Process and process group number.</param>
/// <param name="StartTicks">Start time in clock ticks since boot, as the kernel reports it.</param>
public readonly record struct ProcessIdentity(int Pid, long StartTicks);
