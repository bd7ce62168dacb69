using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace OdmNode.EndToEndTests.Support;

/// <summary>Speaks the NodeODM protocol as plainly as curl does.</summary>
internal sealed class NodeClient : IDisposable
{
    /// <summary>Codes of a task's status.</summary>
    public const int Running = 20;
    public const int Failed = 30;
    public const int Completed = 40;

    private readonly HttpClient http;

    public NodeClient(int port) => http = new HttpClient
    {
        BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")),
        Timeout = TimeSpan.FromMinutes(2),
    };

    public async Task WaitUntilUpAsync(RunningProgram node)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < RunningProgram.Patience && !node.HasExited)
        {
            try
            {
                await GetAsync("info");
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100);
            }
        }

        throw new TimeoutException($"The node does not answer:\n{node.Console}");
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using HttpResponseMessage answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<byte[]> DownloadAsync(string path) => await http.GetByteArrayAsync(new Uri(path, UriKind.Relative));

    /// <summary>One request with all photos.</summary>
    /// <returns>The task's id.</returns>
    public async Task<string> NewTaskAsync(string name, string images)
    {
        using var form = new MultipartFormDataContent { { new StringContent(name), "name" } };
        foreach (string photo in Directory.EnumerateFiles(images).Order(StringComparer.Ordinal))
        {
            form.Add(new ByteArrayContent(await File.ReadAllBytesAsync(photo)), "images", Path.GetFileName(photo));
        }

        using HttpResponseMessage answer = await http.PostAsync(new Uri("task/new", UriKind.Relative), form);
        JsonElement json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return json.TryGetProperty("uuid", out JsonElement id) ? id.GetString()! : throw new InvalidOperationException(json.ToString());
    }

    public async Task<int> StatusAsync(string task) =>
        (await GetAsync($"task/{task}/info")).GetProperty("status").GetProperty("code").GetInt32();

    public async Task<IReadOnlyList<string>> OutputAsync(string task) =>
        [.. (await GetAsync($"task/{task}/output?line=0")).EnumerateArray().Select(line => line.GetString()!)];

    /// <summary>Waits until a task is in a final state and gives its code.</summary>
    public async Task<int> WaitForEndAsync(string task)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < RunningProgram.Patience)
        {
            int status = await StatusAsync(task);
            if (status is not (10 or Running))
            {
                return status;
            }

            await Task.Delay(250);
        }

        throw new TimeoutException(string.Join('\n', await OutputAsync(task)));
    }

    public void Dispose() => http.Dispose();
}
