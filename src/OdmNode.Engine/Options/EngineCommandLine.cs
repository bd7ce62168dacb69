using OdmNode.Core.Options;
using OdmNode.Engine.Inputs;

namespace OdmNode.Engine.Options;

/// <summary>
/// The engine's command line as ODM's: <c>[--option [value]]… --project-path DIR NAME</c>, in any order. Flags take no
/// value, or <c>true</c> or <c>false</c>; <c>--option=value</c> works as well.
/// </summary>
public sealed record EngineCommandLine
{
    /// <summary>Absolute path; null when it is missing.</summary>
    public string? ProjectPath { get; private init; }

    /// <summary>Null when it is missing.</summary>
    public string? Name { get; private init; }

    /// <summary>All that is wrong, each a sentence; empty when the run can start.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    public required EngineOptionSet Options { get; init; }

    /// <summary>Files beside the photos that the run is told of.</summary>
    public required SurveyFiles Files { get; init; }

    /// <param name="arguments">Without the verb.</param>
    /// <param name="currentFolder">What relative paths are relative to.</param>
    public static EngineCommandLine Parse(IReadOnlyList<string> arguments, string currentFolder)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var problems = new List<string>();
        var inputs = new List<OptionInput>();
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? projectPath = null;
        string? name = null;
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal) || argument.Length == 2)
            {
                if (name is not null)
                {
                    problems.Add($"'{argument}' is too much: the name of the project is '{name}' already.");
                }

                name ??= argument;
                continue;
            }

            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            string option = equals < 0 ? argument[2..] : argument[2..equals];
            string? value = equals < 0 ? null : argument[(equals + 1)..];
            OptionDefinition? definition = OptionCatalogue.BuiltIn.Find(option);
            bool isFile = SurveyFiles.Options.Contains(option);
            if (definition is null && option != "project-path" && !isFile)
            {
                string? near = OptionCatalogue.BuiltIn.Suggest(option);
                problems.Add($"--{option} is not an option.{(near is null ? "" : $" Is --{near} meant?")}");
                // The value of an unknown option is not to be taken for the name of the project.
                if (value is null && i + 2 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal))
                {
                    i++;
                }

                continue;
            }

            if (value is null)
            {
                bool isFlag = definition?.Type == OptionType.Flag;
                bool next = i + 1 < arguments.Count && (isFlag
                    ? arguments[i + 1] is "true" or "false"
                    : !arguments[i + 1].StartsWith("--", StringComparison.Ordinal));
                value = next ? arguments[++i] : isFlag ? "true" : null;
            }

            if (value is null)
            {
                problems.Add($"--{option} needs a value.");
            }
            else if (!seen.Add(option))
            {
                problems.Add($"--{option} is given twice.");
            }
            else if (option == "project-path")
            {
                projectPath = Path.GetFullPath(value, currentFolder);
            }
            else if (isFile)
            {
                files[option] = Path.GetFullPath(value, currentFolder);
            }
            else
            {
                inputs.Add(OptionInput.FromText(option, value));
            }
        }

        OptionValidation validation = OptionCatalogue.BuiltIn.Validate(inputs);
        problems.AddRange(validation.Problems.Select(problem =>
            $"--{problem.Name}: '{inputs.Find(input => input.Name == problem.Name).Value}' is refused{Allowed(problem.Name)}."));
        problems.AddRange(files.Where(file => !File.Exists(file.Value)).Select(file => $"--{file.Key}: there is no file {file.Value}."));
        problems.AddRange(CheckName(name));
        problems.AddRange(CheckFolder(projectPath, name));
        return new EngineCommandLine
        {
            ProjectPath = projectPath,
            Name = name,
            Problems = problems,
            Options = new EngineOptionSet(validation.Values),
            Files = SurveyFiles.Of(files),
        };
    }

    private static string Allowed(string name)
    {
        OptionDomain domain = OptionCatalogue.BuiltIn.Find(name)!.Domain;
        string allowed = domain.Choices is { } choices ? "one of " + string.Join(", ", choices.Where(choice => choice.Length > 0)) : domain.Text;
        return allowed.Length == 0 ? "" : $", allowed: {allowed}";
    }

    private static IEnumerable<string> CheckName(string? name)
    {
        if (name is null)
        {
            yield return "The name of the project is missing: run --project-path DIR NAME.";
        }
        else if (name is "" or "." or ".." || name.AsSpan().ContainsAny('/', '\\', '\0'))
        {
            yield return $"'{name}' is not the name of a folder.";
        }
    }

    private static IEnumerable<string> CheckFolder(string? projectPath, string? name)
    {
        if (projectPath is null)
        {
            yield return "--project-path is missing: the folder that holds the project's folder.";
        }
        else if (name is { Length: > 0 } && !Directory.Exists(Path.Combine(projectPath, name, Assets.AssetPaths.Images)))
        {
            yield return $"The folder {Path.Combine(projectPath, name, Assets.AssetPaths.Images)} does not exist; the photos belong there.";
        }
    }
}
