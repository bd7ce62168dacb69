using OdmNode.Core.Errors;

namespace OdmNode.Engine;

/// <summary>What the process ends with; nodes turn the number into a sentence for the user.</summary>
public static class ExitCode
{
    /// <summary>All was made.</summary>
    public const int Ok = 0;

    /// <summary>The data set cannot be processed.</summary>
    public const int CannotProcess = 1;

    /// <summary>The command line is wrong; nothing was started.</summary>
    public const int Usage = 2;

    /// <summary>The installation is broken.</summary>
    public const int Installation = 3;

    /// <summary>Ended by a signal on behalf of the user.</summary>
    public const int Cancelled = 130;

    /// <summary>Not enough memory: what a kill by the system for want of memory looks like.</summary>
    public const int Memory = 137;

    public static int Of(ErrorKind kind) => kind switch
    {
        ErrorKind.NotEnoughMemory => Memory,
        ErrorKind.Unsupported => Installation,
        _ => CannotProcess,
    };
}
