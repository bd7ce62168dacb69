using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Compact;
using Serilog.Formatting.Display;

namespace OdmNode.Hosting.Configuration;

/// <summary>The operator's log: structured, on the console and in files that take turns.</summary>
internal static class OperatorLog
{
    private const string Line = "{UtcTimestamp:yyyy-MM-ddTHH:mm:ssZ} {Level:w4}: {Message:lj}{NewLine}{Exception}";

    /// <summary>Puts the log in place of the host's own.</summary>
    public static void Add(IServiceCollection services, LogOptions options) => services.AddSerilog(Build(options), dispose: true);

    private static Logger Build(LogOptions options)
    {
        var format = Format(options);
        var log = new LoggerConfiguration()
            .MinimumLevel.Is(Level(options.Level))
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)

            // A start that fails is told by the verb, in a sentence and without a stack trace.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LevelAlias.Off);
        if (options.ToConsole)
        {
            log = log.WriteTo.Console(format, standardErrorFromLevel: null);
        }

        if (options.Folder is { } folder)
        {
            log = log.WriteTo.File(
                format,
                Path.Combine(folder, options.FileName + ".log"),
                fileSizeLimitBytes: options.MaxFileBytes,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: options.MaxFiles);
        }

        return log.CreateLogger();
    }

    private static ITextFormatter Format(LogOptions options) =>
        options.AsJson ? new RenderedCompactJsonFormatter() : new MessageTemplateTextFormatter(Line, CultureInfo.InvariantCulture);

    private static LogEventLevel Level(LogLevel level) => level switch
    {
        LogLevel.Trace => LogEventLevel.Verbose,
        LogLevel.Debug => LogEventLevel.Debug,
        LogLevel.Information => LogEventLevel.Information,
        LogLevel.Warning => LogEventLevel.Warning,
        LogLevel.Error => LogEventLevel.Error,
        LogLevel.Critical => LogEventLevel.Fatal,
        _ => LevelAlias.Off,
    };
}
