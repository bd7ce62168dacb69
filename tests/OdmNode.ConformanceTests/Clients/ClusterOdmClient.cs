using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.Clients;

/// <summary>ClusterODM 1.5 as it appears on the wire: libcurl towards the node, and a proxy for what clients ask.</summary>
internal sealed class ClusterOdmClient(NodeProcess node)
{
    private const int ExpectBeyond = 1024;

    /// <summary>The three steps with an id of its own; the answers must echo it.</summary>
    /// <param name="uuid">The id of the route.</param>
    /// <param name="fields">What stands in the init form, in this order.</param>
    /// <param name="batches">The files, many in one request.</param>
    public async Task ForwardAsync(
        string uuid, IReadOnlyList<(string Name, string Value)> fields, IReadOnlyList<IReadOnlyList<(string Name, byte[] Content)>> batches)
    {
        await InitAsync(uuid, fields);
        await Task.WhenAll(batches.Select(async batch => Assert.True((await UploadAsync(uuid, batch)).Json.GetProperty("success").GetBoolean())));
        Assert.Equal(uuid, (await CommitAsync(uuid)).Json.Uuid());
    }

    public async Task InitAsync(string uuid, IReadOnlyList<(string Name, string Value)> fields)
    {
        using var form = new RawForm(Boundary());
        foreach (var (name, value) in fields)
        {
            form.Field(name, value);
        }

        Assert.Equal(uuid, (await PostFormAsync("/task/new/init?token=", form, $"set-uuid: {uuid}")).Json.Uuid());
    }

    public Task<RawAnswer> UploadAsync(string uuid, IReadOnlyList<(string Name, byte[] Content)> files)
    {
        var form = Files(files);
        return PostFormAsync($"/task/new/upload/{uuid}?token=", form);
    }

    /// <summary>An upload whose connection breaks off in the middle.</summary>
    public async Task BreakOffAsync(string uuid, IReadOnlyList<(string Name, byte[] Content)> files)
    {
        using var form = Files(files);
        var body = form.End().ToBytes();
        using var connection = await RawConnection.OpenAsync(node);
        await connection.SendAsync(Head($"POST /task/new/upload/{uuid}?token= HTTP/1.1", $"Content-Length: {body.Length}", $"Content-Type: {form.ContentType}"));
        await connection.SendAsync(body.AsMemory(0, body.Length / 2));
    }

    /// <summary>The commit of libcurl: a multipart type without boundary, and nothing in it.</summary>
    public Task<RawAnswer> CommitAsync(string uuid) => RawConnection.ExchangeAsync(
        node, Head($"POST /task/new/commit/{uuid}?token= HTTP/1.1", "Content-Length: 0", "Content-Type: multipart/form-data"));

    /// <summary>A request of a client as the proxy passes it on: the client's host, the proxy's marks, the node's token.</summary>
    public Task<RawAnswer> ProxyAsync(string path, string headers = "") => RawConnection.ExchangeAsync(
        node,
        $"GET {path}{(path.Contains('?', StringComparison.Ordinal) ? "&" : "?")}token= HTTP/1.1\r\nx-forwarded-host: cluster.example:3000\r\nx-forwarded-for: 127.0.0.2\r\n"
        + $"host: cluster.example:3000\r\nuser-agent: python-requests/2.32.3\r\naccept: */*\r\nconnection: close\r\n{headers}\r\n");

    /// <summary>A command of the administration: JSON.</summary>
    public async Task<JsonElement> CommandAsync(string action, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return (await RawConnection.ExchangeAsync(
            node,
            $"POST /task/{action}?token= HTTP/1.1\r\nAccept: application/json\r\nContent-Type: application/json\r\nContent-Length: {bytes.Length}\r\nHost: 127.0.0.1:{node.Port}\r\nConnection: close\r\n\r\n",
            bytes)).Json;
    }

    private static string Boundary() => new string('-', 24) + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    private static RawForm Files(IReadOnlyList<(string Name, byte[] Content)> files)
    {
        var form = new RawForm(Boundary());
        foreach (var (name, content) in files)
        {
            form.Part($"Content-Disposition: form-data; name=\"images\"; filename=\"{name}\"\r\nContent-Type: image/jpeg", content);
        }

        return form;
    }

    /// <summary>libcurl holds a body above a kilobyte back until the node says that it goes on.</summary>
    private async Task<RawAnswer> PostFormAsync(string path, RawForm form, params string[] headers)
    {
        using (form)
        {
            var body = form.End().ToBytes();
            string[] expect = body.Length > ExpectBeyond ? ["Expect: 100-continue"] : [];
            using var connection = await RawConnection.OpenAsync(node);
            await connection.SendAsync(Head(
                [$"POST {path} HTTP/1.1", .. headers, $"Content-Length: {body.Length.ToString(CultureInfo.InvariantCulture)}", $"Content-Type: {form.ContentType}", .. expect]));
            if (expect.Length > 0 && await connection.ReadAsync() is { Code: not 100 } refusal)
            {
                return refusal;
            }

            await connection.SendAsync(body);
            return await connection.ReadAsync();
        }
    }

    private string Head(params string[] lines) =>
        string.Join("\r\n", [lines[0], $"Host: 127.0.0.1:{node.Port}", "Accept: */*", .. lines[1..]]) + "\r\n\r\n";
}
