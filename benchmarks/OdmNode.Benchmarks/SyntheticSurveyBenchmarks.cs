using BenchmarkDotNet.Attributes;
using OdmNode.Imaging.Buffers;
using OdmNode.Testing.Surveys;

namespace OdmNode.Benchmarks;

/// <summary>Taking one photo of a landscape that does not exist, on one core.</summary>
public class SyntheticSurveyBenchmarks
{
    private readonly SyntheticSurvey survey = SyntheticSurvey.Create(new SyntheticSurveyOptions());
    private ImageBuffer image = null!;

    [GlobalSetup]
    public void Setup() => image = Render();

    [Benchmark]
    public ImageBuffer Render() => survey.Render(survey.Photos[5], 1, CancellationToken.None);

    [Benchmark]
    public byte[] Encode() => survey.Encode(survey.Photos[5], image);
}
