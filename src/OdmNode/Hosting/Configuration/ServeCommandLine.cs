using System.CommandLine;

namespace OdmNode.Hosting.Configuration;

/// <summary>The settings as options of the verb <c>serve</c>, each in both spellings.</summary>
internal sealed class ServeCommandLine
{
    private readonly Dictionary<ServeSetting, Option<string?>> _texts = [];
    private readonly Dictionary<ServeSetting, Option<bool?>> _switches = [];

    /// <summary>Declares every setting that has a flag. Unknown flags are let through, to be warned about.</summary>
    public ServeCommandLine(Command verb)
    {
        verb.TreatUnmatchedTokensAsErrors = false;
        foreach (var setting in ServeSettings.All.Where(setting => setting.Flag.Length > 0))
        {
            if (setting.IsSwitch)
            {
                var option = new Option<bool?>("--" + setting.Flag, Aliases(setting)) { Description = setting.Help };
                _switches.Add(setting, option);
                verb.Options.Add(option);
            }
            else
            {
                var option = new Option<string?>("--" + setting.Flag, Aliases(setting)) { Description = Describe(setting), HelpName = setting.ValueName };
                _texts.Add(setting, option);
                verb.Options.Add(option);
            }
        }
    }

    /// <summary>What was given for a setting; null when nothing was.</summary>
    public string? Find(ParseResult result, ServeSetting setting) =>
        _switches.TryGetValue(setting, out var option)
            ? result.GetResult(option) is { Implicit: false } ? result.GetValue(option) == false ? "false" : "true" : null
            : _texts.TryGetValue(setting, out var text) ? result.GetValue(text) : null;

    /// <summary>Flags that nobody knows.</summary>
    public static IReadOnlyList<string> UnknownFlags(ParseResult result) =>
        [.. result.UnmatchedTokens.Where(token => token.StartsWith('-'))];

    private static string[] Aliases(ServeSetting setting) => [.. Spellings(setting).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Spellings(ServeSetting setting) =>
        setting.Aliases.Concat(setting.Flag.Contains('-', StringComparison.Ordinal) ? ["--" + setting.Flag.Replace('-', '_')] : []);

    private static string Describe(ServeSetting setting) =>
        setting.Default is { } value ? $"{setting.Help} [default: {value}]" : setting.Help;
}
