using System.Globalization;

namespace OdmNode.Hosting.Configuration;

/// <summary>The settings' values: command line before file before environment before default. Collects what is wrong with them.</summary>
internal sealed class SettingValues(Func<ServeSetting, string?> commandLine, SettingsFile file, Func<string, string?> environment)
{
    private readonly List<string> _problems = [];

    /// <summary>What is wrong with the values read so far.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The value; null when there is none.</summary>
    public string? Text(ServeSetting setting) =>
        commandLine(setting)
        ?? file.Find(setting)
        ?? (setting.Environment is { } variable && environment(variable) is { Length: > 0 } text ? text : null)
        ?? setting.Default;

    /// <summary>True when the command line, the file or the environment says something.</summary>
    public bool IsGiven(ServeSetting setting) => commandLine(setting) is not null || file.Find(setting) is not null;

    /// <summary>A switch; anything but true and false is a problem.</summary>
    public bool IsOn(ServeSetting setting)
    {
        switch (Text(setting)?.ToLowerInvariant())
        {
            case null or "false" or "0":
                return false;
            case "true" or "1":
                return true;
            default:
                Refuse(setting, "true or false");
                return false;
        }
    }

    /// <summary>A number within limits; null when there is none.</summary>
    public double? Number(ServeSetting setting, double least, double most = int.MaxValue)
    {
        if (Text(setting) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Refuse(setting, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));
        return null;
    }

    /// <summary>A whole number within limits; null when there is none.</summary>
    public int? Whole(ServeSetting setting, int least, int most = int.MaxValue)
    {
        if (Number(setting, least, most) is not { } number)
        {
            return null;
        }

        if (number == Math.Floor(number))
        {
            return (int)number;
        }

        Refuse(setting, "a whole number");
        return null;
    }

    /// <summary>A number of minutes; null when it is negative, which means never, or when there is none.</summary>
    public TimeSpan? Minutes(ServeSetting setting) =>
        Number(setting, int.MinValue) is { } minutes and >= 0 ? TimeSpan.FromMinutes(minutes) : null;

    /// <summary>Records what is wrong, in a sentence.</summary>
    public void Refuse(string problem) => _problems.Add(problem);

    /// <summary>Records that a value is not what it must be.</summary>
    public void Refuse(ServeSetting setting, string mustBe) => _problems.Add($"{setting.DisplayName} must be {mustBe}, not '{Text(setting)}'.");
}
