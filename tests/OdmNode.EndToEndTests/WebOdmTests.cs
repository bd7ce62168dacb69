using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OdmNode.EndToEndTests.Support;
using OdmNode.Testing.Network;

namespace OdmNode.EndToEndTests;

/// <summary>The WebODM face with the engine behind it, as a script uses it.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class WebOdmTests(SurveyFixture surveys)
{
    private static readonly string[] Seven =
    [
        "all.zip", "orthophoto.tif", "orthophoto.png", "georeferenced_model.las", "georeferenced_model.ply", "georeferenced_model.csv", "textured_model.zip",
    ];

    [Fact]
    public async Task A_survey_with_default_options_has_the_seven_assets_of_2017()
    {
        int port = FreePort.Next();
        using RunningProgram node = await ServeAsync(port, surveys.NewFolder("webodm-data"));
        using HttpClient http = await LogInAsync(port);
        (string path, JsonElement task) = await ProcessAsync(http, surveys.TinyImages, node);
        Assert.Equal(Seven, Assets(task).Where(Seven.Contains));

        // One cloud in three formats.
        byte[] las = await http.GetByteArrayAsync(new Uri(path + "download/georeferenced_model.las", UriKind.Relative));
        byte[] ply = await http.GetByteArrayAsync(new Uri(path + "download/georeferenced_model.ply", UriKind.Relative));
        string csv = await http.GetStringAsync(new Uri(path + "download/georeferenced_model.csv", UriKind.Relative));
        int points = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1;
        Assert.True(points > 1000);
        Assert.Equal(points, LasCount(las));
        Assert.Contains($"element vertex {points}\n", Encoding.ASCII.GetString(ply, 0, 1000), StringComparison.Ordinal);
        using var model = new ZipArchive(await http.GetStreamAsync(new Uri(path + "download/textured_model.zip", UriKind.Relative)));
        Assert.Contains(model.Entries, entry => entry.FullName == "odm_textured_model_geo.obj" && entry.Length > 0);
        Assert.DoesNotContain(model.Entries, entry => entry.FullName.EndsWith(".glb", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_positions_everything_is_there_but_the_map()
    {
        int port = FreePort.Next();
        using RunningProgram node = await ServeAsync(port, surveys.NewFolder("webodm-unplaced"));
        using HttpClient http = await LogInAsync(port);
        (_, JsonElement task) = await ProcessAsync(http, surveys.UnplacedImages, node);

        Assert.DoesNotContain("orthophoto.tif", Assets(task));
        Assert.Superset(new HashSet<string> { "all.zip", "textured_model.zip", "georeferenced_model.ply" }, Assets(task).ToHashSet());
    }

    private static async Task<RunningProgram> ServeAsync(int port, string data)
    {
        RunningProgram node = RunningProgram.Start(
            "serve", "--host", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", data, "--webodm-password", "chosen");
        using var client = new NodeClient(port);
        await client.WaitUntilUpAsync(node);
        return node;
    }

    private static async Task<HttpClient> LogInAsync(int port)
    {
        var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/api/"), Timeout = TimeSpan.FromMinutes(2) };
        using var credentials = new FormUrlEncodedContent([new("username", "admin"), new("password", "chosen")]);
        JsonElement token = await ReadAsync(await http.PostAsync(new Uri("token-auth/", UriKind.Relative), credentials));
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "JWT " + token.GetProperty("token").GetString());
        return http;
    }

    /// <returns>The path of the task, and the task as it completed.</returns>
    private static async Task<(string Path, JsonElement Task)> ProcessAsync(HttpClient http, string images, RunningProgram node)
    {
        using var name = new FormUrlEncodedContent([new("name", "fields")]);
        JsonElement project = await ReadAsync(await http.PostAsync(new Uri("projects/", UriKind.Relative), name));
        string tasks = $"projects/{project.GetProperty("id")}/tasks/";
        using var form = new MultipartFormDataContent();
        foreach (string photo in Directory.EnumerateFiles(images))
        {
            form.Add(new ByteArrayContent(await File.ReadAllBytesAsync(photo)), "images", Path.GetFileName(photo));
        }

        JsonElement task = await ReadAsync(await http.PostAsync(new Uri(tasks, UriKind.Relative), form));
        string path = $"{tasks}{task.GetProperty("id")}/";
        while (task.GetProperty("status").ValueKind != JsonValueKind.Number || task.GetProperty("status").GetInt32() is 10 or 20)
        {
            await Task.Delay(200);
            task = await ReadAsync(await http.GetAsync(new Uri(path, UriKind.Relative)));
        }

        Assert.True(task.GetProperty("status").GetInt32() == 40, task + node.Console);
        return (path, task);
    }

    private static IEnumerable<string> Assets(JsonElement task) =>
        task.GetProperty("available_assets").EnumerateArray().Select(asset => asset.GetString()!);

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }
    }

    /// <summary>The number of points in the header: 32 bits up to LAS 1.3, 64 bits from 1.4 on (ASPRS, LAS 1.4 R15, table 3).</summary>
    private static long LasCount(byte[] las) => las[25] >= 4
        ? BinaryPrimitives.ReadInt64LittleEndian(las.AsSpan(247))
        : BinaryPrimitives.ReadUInt32LittleEndian(las.AsSpan(107));
}
