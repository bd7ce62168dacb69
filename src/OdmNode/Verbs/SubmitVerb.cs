using System.CommandLine;
using OdmNode.Client;
using OdmNode.Core.Errors;
using OdmNode.Core.Options;

namespace OdmNode.Verbs;

/// <summary><c>odmnode submit FOLDER</c>: sends photos to a node and brings the results back.</summary>
internal static class SubmitVerb
{
    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Folder of photos (and gcp_list.txt, geo.txt where wanted)." };
        var node = new Option<string>("--node")
        {
            Description = "Address of the node.", DefaultValueFactory = _ => "http://127.0.0.1:3000",
        };
        var token = new Option<string?>("--token") { Description = "The node's secret." };
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder for the results; made when absent.", DefaultValueFactory = _ => "results",
        };
        var verbose = new Option<bool>("--console") { Description = "Show the engine's console, not only the bar." };
        var verb = new Command("submit", "Sends a folder of photos to a node, shows progress and downloads the results.")
        {
            folder, node, token, output, verbose,
        };
        verb.TreatUnmatchedTokensAsErrors = false;
        var engineOptions = new EngineOptions(verb, OptionCatalogue.BuiltIn);
        verb.SetAction((result, cancellationToken) => VerbErrors.GuardAsync(async () =>
        {
            var source = result.GetValue(folder)!;
            if (!Directory.Exists(source))
            {
                throw new OdmException(ErrorKind.BadInput, $"The folder {source} does not exist.");
            }

            using var client = new NodeClient(ParseNode(result.GetValue(node)!), result.GetValue(token));
            var catalogue = await client.GetOptionsAsync(cancellationToken);
            OptionInput[] inputs = [.. engineOptions.Collect(result), .. OptionTokens.Parse(result.UnmatchedTokens, catalogue)];
            var options = OptionTokens.Validate(inputs, catalogue);
            await CheckLimitAsync(client, source, cancellationToken);
            var target = result.GetValue(output)!;
            var submission = new Submission(client, TimeProvider.System) { IsVerbose = result.GetValue(verbose) };
            ResultListing.Print(target, await submission.RunAsync(source, options, target, cancellationToken));
            return 0;
        }));
        return verb;
    }

    private static async Task CheckLimitAsync(NodeClient client, string folder, CancellationToken cancellationToken)
    {
        var info = await client.GetInfoAsync(cancellationToken);
        var count = Directory.EnumerateFiles(folder).Count();
        if (info.MaxImages is { } limit and > 0 && count > limit)
        {
            throw new OdmException(ErrorKind.BadInput, $"The folder holds {count} files, the node takes up to {limit}.");
        }
    }

    private static Uri ParseNode(string text) =>
        Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text, UriKind.Absolute, out var node)
        && node.Scheme is ("http" or "https")
            ? node
            : throw new OdmException(ErrorKind.BadInput, $"--node must be an address such as http://127.0.0.1:3000, not '{text}'.");
}
