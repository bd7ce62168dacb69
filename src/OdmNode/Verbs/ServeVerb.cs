using System.CommandLine;
using System.Net;
using Microsoft.AspNetCore.Builder;
using OdmNode.Core.Errors;
using OdmNode.Hosting;
using OdmNode.Hosting.Configuration;
using OdmNode.Hosting.Engines;
using OdmNode.Tasks.Storage;

namespace OdmNode.Verbs;

/// <summary><c>odmnode serve</c>: the daemon.</summary>
internal static class ServeVerb
{
    private const int LeastThreads = 16;

    public static Command Create()
    {
        var verb = new Command("serve", "Runs the processing node: HTTP API, queue and tasks.");
        var commandLine = new ServeCommandLine(verb);
        verb.SetAction((result, cancellationToken) => VerbErrors.GuardAsync(async () =>
        {
            foreach (var flag in ServeCommandLine.UnknownFlags(result))
            {
                await Console.Error.WriteLineAsync($"WARNING: {flag} is no flag of this program and has no effect.");
            }

            var options = ServeOptionsReader.Read(commandLine, result);
            if (options.Node.Test is null)
            {
                options = options with
                {
                    Node = options.Node with { Options = await EngineOptionList.ReadAsync(options.Node.Engine, cancellationToken) },
                };
            }

            await ServeAsync(options, cancellationToken);
            return 0;
        }));
        return verb;
    }

    private static async Task ServeAsync(ServeOptions options, CancellationToken cancellationToken)
    {
        // Writes to the disk hold threads while they wait; requests must find one all the same, sooner than the pool would grow.
        ThreadPool.SetMinThreads(LeastThreads, LeastThreads);
        using var folderLock = DataFolderLock.Take(options.Node.DataFolder);
        var port = options.Port ?? FreePort.Find();
        var webOdm = options.WebOdm with { ShowFirstPassword = ShowAtTerminal };
        await using var application = NodeHost.Build(options.Node, options.Address, port, options.Log, webOdm);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            throw new OdmException(ErrorKind.BadInput, $"The node cannot listen on port {port}: {exception.Message}", exception);
        }

        Announce(application, options, port);
        if (!options.PowerCycle)
        {
            await WaitForStopAsync(application, cancellationToken);
        }

        ServeLog.Stopping(application.Logger);
        await application.StopAsync(CancellationToken.None);
    }

    /// <summary>A terminal is read by the one who sits at it; whatever else standard error goes to is kept, and read by others.</summary>
    private static void ShowAtTerminal(string user, string password)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.WriteLine($"First user of the WebODM interface: {user}, password {password} (shown once)");
        }
    }

    private static void Announce(WebApplication application, ServeOptions options, int port)
    {
        var where = options.Address?.ToString() ?? "all addresses";
        var folder = Path.GetFullPath(options.Node.DataFolder);
        ServeLog.Listening(application.Logger, where, port, folder);
        if (options.Node.Token is null && (options.Address is null || !IPAddress.IsLoopback(options.Address)))
        {
            ServeLog.Open(application.Logger);
        }
    }

    /// <summary>Returns when the operator, the service manager, or a part of the daemon that failed wants its end.</summary>
    private static async Task WaitForStopAsync(WebApplication application, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, application.Lifetime.ApplicationStopping);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, either.Token);
        }
        catch (OperationCanceledException)
        {
            // That is what was waited for.
        }
    }
}
