using OdmNode.Native.Interop;

namespace OdmNode.Native.Kernels;

/// <summary>What this processor offers.</summary>
public static class Processor
{
    /// <summary>The best instruction set that kernels can use here.</summary>
    public static InstructionSet BestInstructionSet { get; } = (InstructionSet)MatchNative.BestInstructionSet();
}
