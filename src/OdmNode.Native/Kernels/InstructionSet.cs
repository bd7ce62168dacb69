namespace OdmNode.Native.Kernels;

/// <summary>The codes of <c>odm_isa</c>: which version of a vector kernel runs.</summary>
public enum InstructionSet
{
    Scalar = 0,
    Avx2 = 1,

    /// <summary>With the VNNI instructions.</summary>
    Avx512 = 2,
}
