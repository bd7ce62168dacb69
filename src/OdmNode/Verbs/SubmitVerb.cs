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
        var folder = new Argument<string?>("FOLDER")
        {
            Description = "Folder of photos (and gcp_list.txt, geo.txt where wanted).", Arity = ArgumentArity.ZeroOrOne,
        };
        var options = new SubmitOptions();
        var verb = new Command("submit", "Sends a folder of photos to a node, shows progress and downloads the results.") { folder };
        options.AddTo(verb);
        verb.TreatUnmatchedTokensAsErrors = false;
        var engineOptions = new EngineOptions(verb, OptionCatalogue.BuiltIn);
        verb.SetAction((result, cancellationToken) => VerbErrors.GuardAsync(async () =>
        {
            var order = options.Read(result, result.GetValue(folder));
            using var client = options.Connect(result);
            var catalogue = await client.GetOptionsAsync(cancellationToken);
            OptionInput[] inputs = [.. engineOptions.Collect(result), .. OptionTokens.Parse(result.UnmatchedTokens, catalogue)];
            order = order with { Request = order.Request with { Options = OptionTokens.Validate(inputs, catalogue) } };
            await CheckLimitAsync(client, order, cancellationToken);
            var submission = new Submission(client, TimeProvider.System);
            if (options.IsDetached(result))
            {
                Console.WriteLine(await submission.UploadAsync(order, cancellationToken));
            }
            else
            {
                ResultListing.Print(order.Output, await submission.RunAsync(order, cancellationToken));
            }

            return 0;
        }));
        return verb;
    }

    private static async Task CheckLimitAsync(NodeClient client, SubmissionOrder order, CancellationToken cancellationToken)
    {
        if (order.Folder is null)
        {
            return;
        }

        var info = await client.GetInfoAsync(cancellationToken);
        var count = Directory.EnumerateFiles(order.Folder).Count();
        if (info.MaxImages is { } limit and > 0 && count > limit)
        {
            throw new OdmException(ErrorKind.BadInput, $"The folder holds {count} files, the node takes up to {limit}.");
        }
    }
}
