using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.Clients;

/// <summary>CloudODM 1.1 as it appears on the wire: Go's HTTP client and its multipart writer, chunk by chunk.</summary>
internal sealed class CloudOdmClient(NodeProcess node)
{
    private const string Agent = "User-Agent: Go-http-client/1.1";
    private const string Compression = "Accept-Encoding: gzip";
    private const int ParallelUploads = 5;
    private const int CopyBytes = 32 * 1024;

    public Task<RawAnswer> GetAsync(string path) => ExchangeAsync([$"GET {path} HTTP/1.1", Host, Agent, Compression], default);

    /// <summary>With several connections: init, five uploads at a time, commit with an empty form.</summary>
    public async Task<string> CreateChunkedAsync(IReadOnlyList<(string Name, byte[] Content)> files, string options)
    {
        var boundary = Boundary();
        var init = Parts(boundary, Field("skipPostProcessing", "true"), Field("options", options)).SelectMany(piece => piece).ToArray();
        var uuid = (await ExchangeAsync(
            ["POST /task/new/init HTTP/1.1", Host, Agent, $"Content-Length: {init.Length}", $"Content-Type: multipart/form-data; boundary={boundary}", Compression],
            init)).Json.Uuid();
        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = ParallelUploads }, async (file, _) =>
        {
            var answer = await PostFormAsync($"/task/new/upload/{uuid}", FileOf(file));
            Assert.True(answer.GetProperty("success").GetBoolean());
        });
        return (await ExchangeAsync(
            [$"POST /task/new/commit/{uuid} HTTP/1.1", Host, Agent, "Content-Length: 0", "Content-Type: application/x-www-form-urlencoded", Compression],
            default)).Json.Uuid();
    }

    /// <summary>With one connection: everything in one request, the fields after the files.</summary>
    public async Task<string> CreateSingleAsync(IReadOnlyList<(string Name, byte[] Content)> files, string options) =>
        (await PostFormAsync("/task/new", [.. files.Select(FileOf), Field("skipPostProcessing", "true"), Field("options", options)])).Uuid();

    /// <summary>Asks for the information, then for the lines after those it has, until the task has ended.</summary>
    public async Task<(int Code, List<string> Lines)> FollowAsync(string uuid)
    {
        var lines = new List<string>();
        while (true)
        {
            var info = (await GetAsync($"/task/{uuid}/info")).Json;
            _ = info.GetProperty("processingTime").GetInt32();
            foreach (var line in (await GetAsync($"/task/{uuid}/output?line={lines.Count}")).Json.EnumerateArray())
            {
                lines.Add(line.GetString()!);
            }

            if (info.Code() >= 30)
            {
                return (info.Code(), lines);
            }

            await Task.Delay(50);
        }
    }

    public async Task<bool> CancelAsync(string uuid)
    {
        var body = Encoding.ASCII.GetBytes($"uuid={uuid}");
        var answer = await ExchangeAsync(
            ["POST /task/cancel HTTP/1.1", Host, Agent, $"Content-Length: {body.Length}", "Content-Type: application/x-www-form-urlencoded", Compression], body);
        return answer.Json.GetProperty("success").GetBoolean();
    }

    private string Host => $"Host: 127.0.0.1:{node.Port}";

    private static (string Headers, byte[] Content) Field(string name, string value) =>
        ($"Content-Disposition: form-data; name=\"{name}\"", Encoding.UTF8.GetBytes(value));

    private static (string Headers, byte[] Content) FileOf((string Name, byte[] Content) file) =>
        ($"Content-Disposition: form-data; name=\"images\"; filename=\"{file.Name}\"\r\nContent-Type: application/octet-stream", file.Content);

    /// <summary>Go's boundaries are sixty hexadecimal digits.</summary>
    private static string Boundary() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(30));

    /// <summary>The pieces as Go's writer makes them: a part's head, its content in blocks, and the close in the end.</summary>
    private static IEnumerable<byte[]> Parts(string boundary, params (string Headers, byte[] Content)[] parts)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            yield return Encoding.UTF8.GetBytes($"{(i == 0 ? string.Empty : "\r\n")}--{boundary}\r\n{parts[i].Headers}\r\n\r\n");
            foreach (var block in parts[i].Content.Chunk(CopyBytes))
            {
                yield return block;
            }
        }

        yield return Encoding.UTF8.GetBytes($"\r\n--{boundary}--\r\n");
    }

    private async Task<System.Text.Json.JsonElement> PostFormAsync(string path, params (string Headers, byte[] Content)[] parts)
    {
        var boundary = Boundary();
        using var connection = await RawConnection.OpenAsync(node);
        await connection.SendAsync(Head(
            [$"POST {path} HTTP/1.1", Host, Agent, "Transfer-Encoding: chunked", $"Content-Type: multipart/form-data; boundary={boundary}", Compression]));
        foreach (var piece in Parts(boundary, parts))
        {
            await connection.SendAsync($"{piece.Length.ToString("x", CultureInfo.InvariantCulture)}\r\n");
            await connection.SendAsync(piece);
            await connection.SendAsync("\r\n");
        }

        await connection.SendAsync("0\r\n\r\n");
        var answer = await connection.ReadAsync();
        Assert.Equal(200, answer.Code);
        return answer.Json;
    }

    private Task<RawAnswer> ExchangeAsync(string[] head, ReadOnlyMemory<byte> body) => RawConnection.ExchangeAsync(node, Head(head), body);

    private static string Head(string[] lines) => string.Join("\r\n", lines) + "\r\n\r\n";
}
