using System.CommandLine;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using OdmNode.Core.Errors;
using OdmNode.Hosting;
using OdmNode.Tasks.Queue;
using OdmNode.Tasks.Storage;

namespace OdmNode.Verbs;

/// <summary><c>odmnode serve</c>: the daemon.</summary>
internal static class ServeVerb
{
    public static Command Create()
    {
        var port = new Option<string>("--port", "-p")
        {
            Description = "Port to listen on; 'auto' takes the first free one from 3000.", DefaultValueFactory = _ => "auto",
        };
        var host = new Option<string>("--host")
        {
            Description = "Address to listen on; '*' for all, as clients on other machines need it.", DefaultValueFactory = _ => "*",
        };
        var data = new Option<string>("--data")
        {
            Description = "Folder of tasks and results; made when absent.", DefaultValueFactory = _ => "data",
        };
        var token = new Option<string?>("--token") { Description = "Secret that clients must send; none by default." };
        var parallel = new Option<int>("--parallel-queue-processing", "--parallel_queue_processing", "-q")
        {
            Description = "Number of tasks processed at the same time.", DefaultValueFactory = _ => 1,
        };
        var maxImages = new Option<int?>("--max-images", "--max_images") { Description = "Most images per task; no limit by default." };
        var engine = new Option<string?>("--engine-command")
        {
            Description = "An ODM-compatible command to run instead of the built-in engine, such as /code/run.sh.",
        };
        var level = new Option<LogLevel>("--log-level", "--log_level")
        {
            Description = "Least severe messages to write.", DefaultValueFactory = _ => LogLevel.Information,
        };
        var verb = new Command("serve", "Runs the processing node: HTTP API, queue and tasks.")
        {
            port, host, data, token, parallel, maxImages, engine, level,
        };
        verb.SetAction((result, cancellationToken) => VerbErrors.GuardAsync(async () =>
        {
            var command = result.GetValue(engine);
            var settings = new NodeSettings
            {
                DataFolder = result.GetValue(data)!,
                Engine = command is null ? EngineSelection.BuiltIn() : EngineSelection.Compatible(command),
                ParallelTasks = AtLeastOne(result.GetValue(parallel), "--parallel-queue-processing"),
                MaxImages = result.GetValue(maxImages) is { } limit ? AtLeastOne(limit, "--max-images") : null,
                Token = result.GetValue(token),
            };
            await ServeAsync(
                settings, ParseAddress(result.GetValue(host)!), ParsePort(result.GetValue(port)!), result.GetValue(level), cancellationToken);
            return 0;
        }));
        return verb;
    }

    private static async Task ServeAsync(
        NodeSettings settings, IPAddress? address, int port, LogLevel level, CancellationToken cancellationToken)
    {
        using var folderLock = DataFolderLock.Take(settings.DataFolder);
        await using var application = NodeHost.Build(settings, address, port, level);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            throw new OdmException(ErrorKind.BadInput, $"The node cannot listen on port {port}: {exception.Message}", exception);
        }

        var where = address?.ToString() ?? "all addresses";
        var folder = Path.GetFullPath(settings.DataFolder);
        ServeLog.Listening(application.Logger, where, port, folder);
        if (settings.Token is null && (address is null || !IPAddress.IsLoopback(address)))
        {
            ServeLog.Open(application.Logger);
        }

        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            ServeLog.Stopping(application.Logger);
        }

        await application.StopAsync(CancellationToken.None);
    }

    private static int AtLeastOne(int value, string option) =>
        value >= 1 ? value : throw new OdmException(ErrorKind.BadInput, $"{option} must be at least 1.");

    private static int ParsePort(string text) =>
        text == "auto" ? FreePort.Find()
        : int.TryParse(text, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port
        : throw new OdmException(ErrorKind.BadInput, $"--port must be a number from 1 to 65535 or 'auto', not '{text}'.");

    private static IPAddress? ParseAddress(string text) =>
        text is "*" or "0.0.0.0" ? null
        : text == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(text, out var address) ? address
        : throw new OdmException(ErrorKind.BadInput, $"--host must be an address of this machine, or '*' for all, not '{text}'.");
}
