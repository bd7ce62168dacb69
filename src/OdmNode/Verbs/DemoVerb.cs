using System.CommandLine;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OdmNode.Client;
using OdmNode.Core.Errors;
using OdmNode.Core.Options;
using OdmNode.Hosting;
using OdmNode.Hosting.Configuration;
using OdmNode.Hosting.Engines;
using OdmNode.Tasks.Queue;
using OdmNode.Testing.Surveys;

namespace OdmNode.Verbs;

/// <summary><c>odmnode demo</c>: a small survey, made on the spot, goes through a node over HTTP.</summary>
internal static class DemoVerb
{
    private const int MinPhotos = 4;
    private const int MaxPhotos = 20000;

    public static Command Create()
    {
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder for the photos and the results; its content is replaced.", DefaultValueFactory = _ => "demo",
        };
        var photos = new Option<int>("--photos") { Description = "Number of photos.", DefaultValueFactory = _ => 12 };
        var verb = new Command("demo", "Makes a small synthetic survey, starts a node and processes the survey through its API.")
        {
            output, photos,
        };
        verb.SetAction((result, cancellationToken) => VerbErrors.GuardAsync(
            () => RunAsync(Path.GetFullPath(result.GetValue(output)!), result.GetValue(photos), cancellationToken)));
        return verb;
    }

    private static async Task<int> RunAsync(string folder, int photos, CancellationToken cancellationToken)
    {
        if (photos is < MinPhotos or > MaxPhotos)
        {
            throw new OdmException(ErrorKind.BadInput, $"--photos must be from {MinPhotos} to {MaxPhotos}.");
        }

        var survey = Path.Combine(folder, "survey");
        var data = Path.Combine(folder, "node");
        var results = Path.Combine(folder, "results");
        foreach (var old in new[] { survey, data, results }.Where(Directory.Exists))
        {
            Directory.Delete(old, recursive: true);
        }

        Console.WriteLine($"Taking {photos} photos of a landscape that does not exist ...");
        await Task.Run(
            () => SyntheticSurvey.Create(SyntheticSurveyOptions.Small with { PhotoCount = photos })
                .WriteTo(survey, Environment.ProcessorCount, cancellationToken),
            cancellationToken);

        var port = FreePort.Find();
        var settings = new NodeSettings { DataFolder = data, Engine = EngineSelection.BuiltIn() };
        await using var node = NodeHost.Build(settings, IPAddress.Loopback, port, new LogOptions { Level = LogLevel.Warning });
        await node.StartAsync(cancellationToken);
        var address = new Uri($"http://127.0.0.1:{port}");
        Console.WriteLine($"A node runs at {address}; it gets the photos over HTTP.");
        try
        {
            using var client = new NodeClient(address, token: null);
            var order = new SubmissionOrder
            {
                Folder = Path.Combine(survey, SyntheticSurvey.ImagesFolder),
                Output = results,
                Request = new TaskRequest
                {
                    Name = "demo", SkipPostProcessing = true, Options = [new OptionValue("orthophoto-png", JsonElement.Parse("true"))],
                },
            };
            var files = await new Submission(client, TimeProvider.System).RunAsync(order, cancellationToken);
            ResultListing.Print(results, files);
            var picture = Path.Combine(results, "odm_orthophoto", "odm_orthophoto.png");
            if (File.Exists(picture))
            {
                Console.WriteLine($"Look at {picture}");
            }

            return 0;
        }
        finally
        {
            await node.StopAsync(CancellationToken.None);
        }
    }
}
