using BenchmarkDotNet.Attributes;
using OdmNode.Features.Detection;
using OdmNode.Imaging.Buffers;
using OdmNode.Testing.Surveys;

namespace OdmNode.Benchmarks;

/// <summary>SIFT features of one photo on one core.</summary>
public class FeatureBenchmarks
{
    private static readonly FeatureOptions Options = new();
    private ImageBuffer image = null!;

    [GlobalSetup]
    public void Setup()
    {
        SyntheticSurvey survey = SyntheticSurvey.Create(new SyntheticSurveyOptions());
        image = survey.Render(survey.Photos[5], Environment.ProcessorCount, CancellationToken.None);
    }

    [Benchmark]
    public FeatureSet Extract() => FeatureExtractor.Extract(image, image.Width, image.Height, Options, CancellationToken.None);
}
