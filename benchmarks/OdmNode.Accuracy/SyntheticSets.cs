using OdmNode.Testing.Surveys;

namespace OdmNode.Accuracy;

/// <summary>The synthetic surveys that figures are published for.</summary>
internal static class SyntheticSets
{
    public static SyntheticSurveyOptions? Find(string name) => name switch
    {
        "small" => SyntheticSurveyOptions.Small,
        "default" => new SyntheticSurveyOptions(),
        "exact-gps" => new SyntheticSurveyOptions { PhotoCount = 15, GpsNoiseHorizontal = 0, GpsNoiseVertical = 0 },
        "large" => new SyntheticSurveyOptions { PhotoCount = 60, Width = 2400, Height = 1800, FlyingHeight = 80, Buildings = 25, Trees = 90 },
        _ => null,
    };
}
