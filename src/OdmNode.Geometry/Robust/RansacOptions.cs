namespace OdmNode.Geometry.Robust;

/// <summary>How long a model is searched for and what fits it.</summary>
public sealed record RansacOptions
{
    /// <summary>Distance up to which a datum fits, in the unit of the model's error.</summary>
    public required double Threshold { get; init; }

    /// <summary>Probability of having drawn one sample without outliers at which the search ends.</summary>
    public double Confidence { get; init; } = 0.9999;

    /// <summary>Samples drawn at least.</summary>
    public int FewestTrials { get; init; } = 30;

    /// <summary>Samples drawn at most.</summary>
    public int MostTrials { get; init; } = 2000;

    /// <summary>Rounds of refitting whenever a better model is found.</summary>
    public int LocalRounds { get; init; } = 4;
}
