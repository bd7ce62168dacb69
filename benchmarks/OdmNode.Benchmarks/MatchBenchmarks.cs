using BenchmarkDotNet.Attributes;
using OdmNode.Native.Kernels;

namespace OdmNode.Benchmarks;

/// <summary>Every descriptor of one photo against every one of another, 10,000 each, on one core.</summary>
public class MatchBenchmarks
{
    private readonly byte[] a = new byte[10_000 * MatchKernel.DescriptorLength];
    private readonly byte[] b = new byte[10_000 * MatchKernel.DescriptorLength];

    [Params(InstructionSet.Avx2, InstructionSet.Avx512)]
    public InstructionSet InstructionSet { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        random.NextBytes(a);
        random.NextBytes(b);
    }

    [Benchmark]
    public (NearestTwo InB, NearestTwo InA) FindNearest() => MatchKernel.FindNearest(a, b, InstructionSet, CancellationToken.None);
}
