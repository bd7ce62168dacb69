namespace OdmNode.Hosting.Configuration;

/// <summary>One thing an operator can decide, and every way of saying it.</summary>
/// <param name="Flag">On the command line, without dashes, words separated by <c>-</c>; understood with <c>_</c> too. Empty where there is no flag.</param>
/// <param name="FileKey">In the configuration file, with dots between levels; null where the file cannot say it.</param>
/// <param name="Help">One sentence.</param>
internal sealed record ServeSetting(string Flag, string? FileKey, string Help)
{
    /// <summary>Other spellings on the command line, with their dashes.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>An environment variable that is asked when neither command line nor file say anything.</summary>
    public string? Environment { get; init; }

    /// <summary>The value when nobody says anything; null for none.</summary>
    public string? Default { get; init; }

    /// <summary>True for a setting that is on or off; its flag needs no value.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>What the value is, for the help.</summary>
    public string ValueName { get; init; } = "text";

    /// <summary>How messages call it.</summary>
    public string DisplayName => Flag.Length > 0 ? "--" + Flag : FileKey!;
}
