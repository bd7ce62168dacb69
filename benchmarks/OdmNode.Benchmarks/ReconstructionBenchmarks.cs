using BenchmarkDotNet.Attributes;
using OdmNode.Sfm;
using OdmNode.Sfm.Registration;
using OdmNode.Testing.Surveys;

namespace OdmNode.Benchmarks;

/// <summary>Tracks, incremental reconstruction and all bundle adjustments of a block, from perfect pairs of noisy observations.</summary>
public class ReconstructionBenchmarks
{
    private SfmInput input = null!;

    /// <summary>Photos of the block; each sees some 2,000 points.</summary>
    [Params(16, 48)]
    public int Photos { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        SyntheticSurvey survey = SyntheticSurvey.Create(new SyntheticSurveyOptions { PhotoCount = Photos, Width = 4000, Height = 3000 });
        input = SceneInput.Of(survey, SyntheticScene.Observe(survey, 350 * Photos, 0.5, seed: 1));
    }

    [Benchmark]
    public SfmResult Reconstruct() => IncrementalReconstructor.Run(
        input, new SfmOptions { DegreeOfParallelism = Environment.ProcessorCount }, progress: null, CancellationToken.None);
}
