using System.CommandLine;
using OdmNode.Client;
using OdmNode.Client.Transfers;
using OdmNode.Core.Errors;
using OdmNode.Core.Identity;

namespace OdmNode.Verbs;

/// <summary>The options of <c>submit</c> that are its own, not the engine's.</summary>
internal sealed class SubmitOptions
{
    private const int MaxParallel = 64;

    private readonly Option<string> _node = new("--node")
    {
        Description = "Address of the node; may have a path before the routes.", DefaultValueFactory = _ => "http://127.0.0.1:3000",
    };

    private readonly Option<string?> _token = new("--token") { Description = "The node's secret." };

    private readonly Option<string?> _name = new("--name") { Description = "Name of the task; that of the folder by default." };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "Folder for the results; made when absent.", DefaultValueFactory = _ => "results",
    };

    private readonly Option<bool> _console = new("--console") { Description = "Show the engine's console, not only the bar." };

    private readonly Option<int> _uploads = new("--parallel-uploads")
    {
        Description = "Files sent at the same time.", DefaultValueFactory = _ => new UploadOptions().ParallelFiles,
    };

    private readonly Option<int> _downloads = new("--parallel-downloads")
    {
        Description = "Connections that fetch the results, where the node serves parts.",
        DefaultValueFactory = _ => new DownloadOptions().Connections,
    };

    private readonly Option<string?> _resume = new("--resume")
    {
        Description = "Id of a task or of an open upload on the node to go on with. Without it, the same command goes on where it stopped.",
    };

    private readonly Option<bool> _new = new("--new") { Description = "Start anew, whatever an earlier run of the same command left." };

    private readonly Option<string?> _webhook = new("--webhook") { Description = "Address that the node calls when the task has ended." };

    private readonly Option<string[]> _outputs = new("--outputs")
    {
        Description = "File or folder of the task to be packed instead of the usual ones; may be repeated.",
    };

    private readonly Option<string?> _zipUrl = new("--zipurl") { Description = "Archive of photos that the node fetches, instead of FOLDER." };

    private readonly Option<bool> _remove = new("--remove") { Description = "Remove the task from the node when the results are here." };

    private readonly Option<bool> _noWait = new("--no-wait")
    {
        Description = "Only upload, and print the task's id. The same command without this option brings the results.",
    };

    public void AddTo(Command verb)
    {
        foreach (var option in (Option[])[
            _node, _token, _name, _output, _console, _uploads, _downloads, _resume, _new, _webhook, _outputs, _zipUrl, _remove, _noWait])
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>True when the task is left to itself after the upload.</summary>
    public bool IsDetached(ParseResult result) => result.GetValue(_noWait);

    public NodeClient Connect(ParseResult result)
    {
        var text = result.GetValue(_node)!;
        var address = NodeAddress.TryParse(text)
            ?? throw new OdmException(ErrorKind.BadInput, $"--node must be an address such as http://127.0.0.1:3000, not '{text}'.");
        return new NodeClient(address.Root, result.GetValue(_token) ?? address.Token);
    }

    /// <summary>The order without the engine's options, which need the node.</summary>
    /// <exception cref="OdmException">What was given makes no sense.</exception>
    public SubmissionOrder Read(ParseResult result, string? folder)
    {
        var archive = result.GetValue(_zipUrl) is { } text ? ParseArchive(text) : null;
        if (folder is null == archive is null)
        {
            throw new OdmException(ErrorKind.BadInput, "Give either a FOLDER of photos or --zipurl.");
        }

        if (folder is not null && !Directory.Exists(folder))
        {
            throw new OdmException(ErrorKind.BadInput, $"The folder {folder} does not exist.");
        }

        return new SubmissionOrder
        {
            Folder = folder,
            Output = result.GetValue(_output)!,
            Request = new TaskRequest
            {
                Name = result.GetValue(_name) ?? Path.GetFileName(archive?.AbsolutePath ?? Path.GetFullPath(folder!).TrimEnd('/')),
                SkipPostProcessing = true,
                Webhook = result.GetValue(_webhook),
                Outputs = result.GetValue(_outputs) ?? [],
                ZipUrl = archive,
            },
            ResumedId = result.GetValue(_resume) is { } id ? ParseId(id) : null,
            StartsAnew = result.GetValue(_new),
            RemovesTask = result.GetValue(_remove),
            IsVerbose = result.GetValue(_console),
            Upload = new UploadOptions { ParallelFiles = Parallel(result, _uploads) },
            Download = new DownloadOptions { Connections = Parallel(result, _downloads) },
        };
    }

    private static Uri ParseArchive(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var archive) && archive.Scheme is ("http" or "https")
            ? archive
            : throw new OdmException(ErrorKind.BadInput, $"--zipurl must be an http or https address, not '{text}'.");

    private static string ParseId(string text) =>
        TaskId.TryParse(text, out var id) ? id.Value : throw new OdmException(ErrorKind.BadInput, $"--resume wants the id of a task, not '{text}'.");

    private static int Parallel(ParseResult result, Option<int> option) =>
        result.GetValue(option) is >= 1 and <= MaxParallel and var number
            ? number
            : throw new OdmException(ErrorKind.BadInput, $"{option.Name} must be from 1 to {MaxParallel}.");
}
