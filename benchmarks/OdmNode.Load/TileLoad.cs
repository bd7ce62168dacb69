using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace OdmNode.Load;

/// <summary>Map tiles: asked for the first time, again, and again by a client that holds them.</summary>
internal static class TileLoad
{
    private const int Tiles = 400;
    private const int Completed = 40;
    private const string Password = "admin";

    public static async Task MeasureAsync(LoadPlan plan, CancellationToken cancellationToken)
    {
        var data = Path.Combine(plan.Work, "tiles");
        await using var node = await Daemon.StartAsync(plan, data, "--test", "--webodm-password", Password);
        var task = await FinishAsync(node.Http, cancellationToken);
        var results = Directory.GetDirectories(Path.Combine(data, "webodm", "tasks"), "results-*", SearchOption.AllDirectories).Single();
        TileSurvey.Write(Path.Combine(results, "assets", "odm_orthophoto", "odm_orthophoto.tif"), cancellationToken);
        foreach (var (size, suffix) in ((int, string)[])[(256, ".png"), (512, "@2x.png"), (256, string.Empty)])
        {
            var paths = Choose(await ReadAsync(node.Http, task + "orthophoto/tiles.json", cancellationToken), size + suffix.Length)
                .Select(tile => $"{task}orthophoto/tiles/{tile}{suffix}").ToList();
            var processorTime = node.ProcessorTime;
            var cold = await AskAsync(node.Http, paths, plan.TileClients, null, cancellationToken);
            processorTime = node.ProcessorTime - processorTime;
            var name = string.Create(CultureInfo.InvariantCulture, $"tiles of {size} px{(suffix.Length == 0 ? ", format chosen" : ", PNG")}, {plan.TileClients} clients");
            Console.WriteLine($"{name}, cold: {cold.Latencies}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {processorTime.TotalMilliseconds / paths.Count:0.0} CPU ms and {cold.Bytes / 1024.0 / paths.Count:0} KiB a tile"));

            // Of what was asked for last, so that all of it is kept.
            var last = paths[^(paths.Count / 8)..];
            Console.WriteLine($"{name}, from cache: {(await AskAsync(node.Http, last, plan.TileClients, null, cancellationToken)).Latencies}");
            Console.WriteLine($"{name}, held by the client: {(await AskAsync(node.Http, last, plan.TileClients, cold.Tags, cancellationToken)).Latencies}");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"daemon: peak resident memory {node.PeakResidentBytes / 1048576.0:0} MiB"));
    }

    /// <summary>Logs in and finishes a task, all of whose results are made up.</summary>
    private static async Task<string> FinishAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using var user = new FormUrlEncodedContent([new("username", "admin"), new("password", Password)]);
        var token = (await PostAsync(http, "/api/token-auth/", user, cancellationToken)).GetProperty("token").GetString();
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"JWT {token}");
        using var name = new FormUrlEncodedContent([new("name", "load")]);
        var project = await PostAsync(http, "/api/projects/", name, cancellationToken);
        using var photos = new MultipartFormDataContent { { new ByteArrayContent([1]), "images", "a.jpg" }, { new ByteArrayContent([1]), "images", "b.jpg" } };
        var tasks = $"/api/projects/{project.GetProperty("id")}/tasks/";
        var task = $"{tasks}{(await PostAsync(http, tasks, photos, cancellationToken)).GetProperty("id")}/";
        while ((await ReadAsync(http, task, cancellationToken)).GetProperty("status") is not { ValueKind: JsonValueKind.Number } status || status.GetInt32() != Completed)
        {
            await Task.Delay(20, cancellationToken);
        }

        return task;
    }

    /// <summary>Tiles of all zooms at random places, none of them twice, as addresses.</summary>
    private static List<string> Choose(JsonElement description, int seed)
    {
        var bounds = description.GetProperty("bounds").EnumerateArray().Select(number => number.GetDouble()).ToArray();
        var (least, most) = (description.GetProperty("minzoom").GetInt32(), description.GetProperty("maxzoom").GetInt32());
        var random = new Random(seed);
        var chosen = new HashSet<string>();
        while (chosen.Count < Tiles)
        {
            // Deep zooms have more tiles, and are looked at more.
            var zoom = Math.Max(random.Next(least, most + 1), random.Next(least, most + 1));
            var tiles = 1 << zoom;
            var latitude = double.DegreesToRadians(bounds[1] + (random.NextDouble() * (bounds[3] - bounds[1])));
            var column = (int)((bounds[0] + (random.NextDouble() * (bounds[2] - bounds[0])) + 180) / 360 * tiles);
            var row = (int)((1 - (Math.Asinh(Math.Tan(latitude)) / Math.PI)) / 2 * tiles);
            chosen.Add(string.Create(CultureInfo.InvariantCulture, $"{zoom}/{column}/{row}"));
        }

        return [.. chosen];
    }

    private static async Task<(Latencies Latencies, IReadOnlyDictionary<string, EntityTagHeaderValue> Tags, long Bytes)> AskAsync(
        HttpClient http, List<string> paths, int clients, IReadOnlyDictionary<string, EntityTagHeaderValue>? held, CancellationToken cancellationToken)
    {
        var latencies = new Latencies();
        var tags = new ConcurrentDictionary<string, EntityTagHeaderValue>();
        var bytes = 0L;
        var options = new ParallelOptions { MaxDegreeOfParallelism = clients, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(paths, options, async (path, token) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (held?.GetValueOrDefault(path) is { } tag)
            {
                request.Headers.IfNoneMatch.Add(tag);
            }

            var asked = Stopwatch.GetTimestamp();
            using var answer = await http.SendAsync(request, token);
            Interlocked.Add(ref bytes, (await answer.Content.ReadAsByteArrayAsync(token)).Length);
            latencies.Add(asked);
            if ((int)answer.StatusCode != (held is null ? 200 : 304))
            {
                throw new InvalidOperationException($"{path}: {answer.StatusCode}");
            }

            tags[path] = answer.Headers.ETag!;
        });
        return (latencies, tags, bytes);
    }

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, HttpContent content, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsync(path, content, cancellationToken);
        return JsonElement.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken));
    }

    private static async Task<JsonElement> ReadAsync(HttpClient http, string path, CancellationToken cancellationToken) =>
        JsonElement.Parse(await http.GetByteArrayAsync(path, cancellationToken));
}
