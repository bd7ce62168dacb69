using System.Globalization;

namespace OdmNode.Accuracy;

/// <summary>What is measured, and with what.</summary>
internal sealed record CommandLine
{
    public const string Usage = """
        Usage: odmnode-accuracy [--program FILE] [--work DIR] [--json FILE] [--whole-task] [--resume]
                                [--synthetic NAME]... [FOLDER]... [-- ODM options]
          FOLDER             a folder of photos, or one that holds them in images/; with truth.json beside it the
                             truth is compared too
          --synthetic NAME   makes and measures a synthetic survey: small, exact-gps, default, large, huge, high-site,
                             rolling-shutter, long
          --program FILE     the built program (artifacts/odmnode/odmnode)
          --work DIR         where projects are made, from scratch (artifacts/accuracy)
          --json FILE        figures as JSON (metrics.json in the work folder)
          --resume           keeps the work folder's surveys and checkpoints: for accuracy alone, times mean nothing then
          --whole-task       measures upload to results through a node as well
        """;

    public string Program { get; private init; } = Path.Combine("artifacts", "odmnode", "odmnode");

    public string Work { get; private init; } = Path.Combine("artifacts", "accuracy");

    public string? Json { get; private init; }

    public bool WholeTask { get; private init; }

    public bool Resume { get; private init; }

    public IReadOnlyList<string> Synthetic { get; private init; } = [];

    public IReadOnlyList<string> Folders { get; private init; } = [];

    public IReadOnlyList<string> EngineOptions { get; private init; } = [];

    /// <summary>Null when the arguments make no sense.</summary>
    public static CommandLine? Parse(string[] arguments)
    {
        var line = new CommandLine();
        for (int i = 0; i < arguments.Length; i++)
        {
            string argument = arguments[i];
            if (argument == "--")
            {
                line = line with { EngineOptions = arguments[(i + 1)..] };
                break;
            }

            if (argument == "--whole-task")
            {
                line = line with { WholeTask = true };
                continue;
            }

            if (argument == "--resume")
            {
                line = line with { Resume = true };
                continue;
            }

            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                line = line with { Folders = [.. line.Folders, argument] };
                continue;
            }

            if (++i == arguments.Length)
            {
                return null;
            }

            string value = arguments[i];
            CommandLine? next = argument switch
            {
                "--program" => line with { Program = value },
                "--work" => line with { Work = value },
                "--json" => line with { Json = value },
                "--synthetic" => line with { Synthetic = [.. line.Synthetic, value.ToLower(CultureInfo.InvariantCulture)] },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            line = next;
        }

        return line.Folders.Count + line.Synthetic.Count == 0 ? null : line;
    }
}
