using System.Runtime.InteropServices;
using OdmNode.Native.Interop;

namespace OdmNode.Native.Kernels;

/// <summary>Exhaustive nearest neighbours of 128-byte descriptors, in both directions at once.</summary>
public static unsafe class MatchKernel
{
    /// <summary>Bytes of a descriptor.</summary>
    public const int DescriptorLength = 128;

    private const int Alignment = 64;

    // Comparisons in one native call: about 100 ms, after which the token is asked.
    private const long ComparisonsPerCall = 100_000_000;
    private const long ScalarComparisonsPerCall = 4_000_000;

    /// <summary>The best instruction set of this processor; every one gives the same numbers.</summary>
    public static InstructionSet BestInstructionSet
    {
        get
        {
            NativeLibraryHost.EnsureLoaded();
            return (InstructionSet)MatchNative.BestInstructionSet();
        }
    }

    /// <summary>Compares every descriptor of a with every one of b by squared Euclidean distance; the lower index wins a tie.</summary>
    /// <param name="a">128n bytes.</param>
    /// <param name="b">128m bytes.</param>
    /// <param name="instructionSet">Must be supported by this processor.</param>
    /// <param name="cancellationToken">Asked about every 100 ms.</param>
    /// <returns>For every a its nearest in b, and for every b its nearest in a.</returns>
    public static (NearestTwo InB, NearestTwo InA) FindNearest(
        ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, InstructionSet instructionSet, CancellationToken cancellationToken)
    {
        if (a.Length % DescriptorLength != 0 || b.Length % DescriptorLength != 0)
        {
            throw new ArgumentException("Descriptors are 128 bytes each.");
        }

        NativeLibraryHost.EnsureLoaded();
        int isa = (int)instructionSet;
        int countA = a.Length / DescriptorLength;
        int countB = b.Length / DescriptorLength;
        NearestTwo inB = Blank(countA);
        NearestTwo inA = Blank(countB);
        if (countA == 0 || countB == 0)
        {
            return (inB, inA);
        }

        long packedBytes = MatchNative.PackedBytes(isa, countB);
        byte* packed = (byte*)NativeMemory.AlignedAlloc((nuint)packedBytes, Alignment);
        try
        {
            long comparisons = instructionSet == InstructionSet.Scalar ? ScalarComparisonsPerCall : ComparisonsPerCall;
            int slice = (int)Math.Clamp(comparisons / countB, 64, int.MaxValue);
            fixed (byte* rows = a, columns = b)
            fixed (int* rowIndex = inB.Index, rowBest = inB.Best, rowSecond = inB.Second)
            fixed (int* columnIndex = inA.Index, columnBest = inA.Best, columnSecond = inA.Second)
            {
                NativeLibraryHost.ThrowIfFailed(MatchNative.Pack(isa, columns, countB, packed, packedBytes), "Packing descriptors");
                for (int first = 0; first < countA; first += slice)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    NativeStatus status = MatchNative.Rows(
                        isa,
                        rows + ((long)first * DescriptorLength),
                        Math.Min(slice, countA - first),
                        first,
                        packed,
                        countB,
                        rowIndex + first,
                        rowBest + first,
                        rowSecond + first,
                        columnIndex,
                        columnBest,
                        columnSecond);
                    NativeLibraryHost.ThrowIfFailed(status, "Matching descriptors");
                }
            }
        }
        finally
        {
            NativeMemory.AlignedFree(packed);
        }

        return (inB, inA);
    }

    private static NearestTwo Blank(int count)
    {
        var blank = new NearestTwo(new int[count], new int[count], new int[count]);
        Array.Fill(blank.Index, -1);
        Array.Fill(blank.Best, int.MaxValue);
        Array.Fill(blank.Second, int.MaxValue);
        return blank;
    }
}
