using CliWrap;
using CliWrap.Buffered;
using OdmNode.Core.Errors;
using OdmNode.Core.Options;
using OdmNode.Tasks.Engines;

namespace OdmNode.Hosting.Engines;

/// <summary>Finds out which options an engine knows.</summary>
internal static class EngineOptionList
{
    private static readonly string Probe = Path.Combine(AppContext.BaseDirectory, "Hosting", "Engines", "probe_options.py");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The options that an engine beside <c>opendm/config.py</c> declares there; those of ODM 3.6.0, which are also the built-in
    /// engine's, for every other.
    /// </summary>
    /// <exception cref="OdmException">The engine's declarations cannot be read.</exception>
    public static async Task<OptionCatalogue> ReadAsync(EngineLaunch engine, CancellationToken cancellationToken)
    {
        if (engine.WorkingDirectory is not { } folder || !File.Exists(Path.Combine(folder, "opendm", "config.py")))
        {
            return OptionCatalogue.BuiltIn;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var result = await Cli.Wrap("python3").WithArguments([Probe, folder]).WithWorkingDirectory(folder)
                .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(patience.Token);
            return result.ExitCode == 0
                ? OptionCatalogue.Parse(result.StandardOutput)
                : throw Unreadable(folder, result.StandardError.TrimEnd().Split('\n')[^1]);
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or FormatException)
        {
            throw Unreadable(folder, exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreadable(folder, $"it did not answer within {Patience.TotalSeconds:0} seconds");
        }
    }

    private static OdmException Unreadable(string folder, string reason) => new(
        ErrorKind.Unsupported, $"The option list of the engine in {folder} could not be read: {reason}. It is declared in opendm/config.py and read with python3.");
}
