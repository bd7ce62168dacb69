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
        "huge" => new SyntheticSurveyOptions { PhotoCount = 120, Width = 2400, Height = 1800, FlyingHeight = 80, Buildings = 50, Trees = 180 },
        "high-site" => new SyntheticSurveyOptions { PhotoCount = 15, GpsNoiseHorizontal = 0, GpsNoiseVertical = 0, SiteHeight = 2400, Seed = 3 },
        "rolling-shutter" => new SyntheticSurveyOptions
        {
            PhotoCount = 15,
            GpsNoiseHorizontal = 0,
            GpsNoiseVertical = 0,
            Speed = 10,
            ReadoutSeconds = 0.03,
        },
        "long" => new SyntheticSurveyOptions
        {
            PhotoCount = 120,
            Strips = 2,
            Width = 1000,
            Height = 750,
            FlyingHeight = 90,
            Buildings = 20,
            Trees = 40,
            SiteHeight = 1200,
            GpsNoiseHorizontal = 0,
            GpsNoiseVertical = 0,
            Seed = 4,
        },
        _ => null,
    };
}
