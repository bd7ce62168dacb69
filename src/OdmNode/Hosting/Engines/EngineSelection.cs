using System.Reflection;
using OdmNode.Core.Errors;
using OdmNode.Tasks.Engines;

namespace OdmNode.Hosting.Engines;

/// <summary>Decides which program processes tasks.</summary>
internal static class EngineSelection
{
    private const int MaxVersionLength = 32;

    /// <summary>The version of this program.</summary>
    public static string OwnVersion =>
        typeof(EngineSelection).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The built-in engine: this very program with the verb <c>run</c>.</summary>
    public static EngineLaunch BuiltIn()
    {
        var program = Environment.ProcessPath ?? throw new OdmException(ErrorKind.Internal, "The path of this program is unknown.");
        var assembly = Path.Combine(AppContext.BaseDirectory, "odmnode.dll");

        // Started as 'dotnet odmnode.dll' or from within a test, the running program is another one.
        var own = Path.GetFileNameWithoutExtension(program) == "odmnode";
        return new EngineLaunch
        {
            Program = own ? program : "dotnet",
            LeadingArguments = own ? ["run"] : [assembly, "run"],
            Name = "odmnode",
            Version = OwnVersion,
        };
    }

    /// <summary>An ODM-compatible command, such as ODM's <c>run.sh</c>; <c>VERSION</c> and <c>ENGINE</c> beside it are read.</summary>
    /// <param name="command">The program and its first arguments, separated by blanks.</param>
    /// <exception cref="OdmException">The program does not exist.</exception>
    public static EngineLaunch Compatible(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || !File.Exists(words[0]))
        {
            throw new OdmException(ErrorKind.BadInput, $"The engine command '{command}' names no existing program; give its whole path.");
        }

        var program = Path.GetFullPath(words[0]);
        var folder = Path.GetDirectoryName(program)!;
        return new EngineLaunch
        {
            Program = program,
            LeadingArguments = words[1..],
            WorkingDirectory = folder,
            Name = FirstLine(Path.Combine(folder, "ENGINE"))?.ToLowerInvariant() ?? "odm",
            Version = FirstLine(Path.Combine(folder, "VERSION")) ?? "?",
            ProgressPort = EngineLaunch.OdmProgressPort,
        };
    }

    private static string? FirstLine(string path)
    {
        var line = File.Exists(path) ? File.ReadLines(path).FirstOrDefault()?.Trim() : null;
        return string.IsNullOrEmpty(line) ? null : line[..Math.Min(line.Length, MaxVersionLength)];
    }
}
