using System.CommandLine;
using System.Globalization;
using OdmNode.Core.Options;
using OdmNode.Engine;
using OdmNode.Engine.Options;
using OdmNode.Engine.Running;

namespace OdmNode.Verbs;

/// <summary><c>odmnode run --project-path DIR NAME [ODM options]</c>: the engine alone, as a console program.</summary>
internal static class RunVerb
{
    // Cancelled work answers within a second; a process that does not is ended, which costs nothing but unfinished units.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var arguments = new Argument<string[]>("arguments")
        {
            Description = "--project-path DIR NAME, and any of ODM's options: "
                + string.Join(' ', OptionCatalogue.BuiltIn.Definitions.Select(definition => "--" + definition.Name)),
            Arity = ArgumentArity.ZeroOrMore,
        };
        var verb = new Command("run", "Processes the photos in DIR/NAME/images into ODM's output tree in DIR/NAME.") { arguments };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((result, cancellationToken) => Task.FromResult(Run(result.GetValue(arguments) ?? [], cancellationToken)));
        return verb;
    }

    private static int Run(string[] arguments, CancellationToken cancellationToken)
    {
        EngineCommandLine line = EngineCommandLine.Parse(arguments, Environment.CurrentDirectory);
        if (line.Problems.Count > 0)
        {
            foreach (string problem in line.Problems)
            {
                Console.Error.WriteLine("ERROR: " + problem);
            }

            return ExitCode.Usage;
        }

        using CancellationTokenRegistration registration = cancellationToken.Register(EndSoon);
        string? port = Environment.GetEnvironmentVariable("ODMNODE_PROGRESS_PORT");
        var request = new EngineRequest
        {
            ProjectPath = line.ProjectPath!,
            Name = line.Name!,
            Options = line.Options,
            Files = line.Files,
            ProgressPort = ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number)
                ? number
                : ProgressBeacon.DefaultPort,
        };
        return EngineRun.Execute(request, Console.Out, Console.Error, TimeProvider.System, cancellationToken);
    }

    private static void EndSoon()
    {
        var thread = new Thread(() =>
        {
            Thread.Sleep(Grace);
            Environment.Exit(ExitCode.Cancelled);
        })
        {
            IsBackground = true,
        };
        thread.Start();
    }
}
