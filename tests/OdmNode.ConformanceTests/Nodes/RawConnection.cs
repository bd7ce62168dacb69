using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace OdmNode.ConformanceTests.Nodes;

/// <summary>A connection on which every byte is the test's own.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client;
    private readonly BufferedStream _stream;

    private RawConnection(TcpClient client) => (_client, _stream) = (client, new BufferedStream(client.GetStream(), 64 * 1024));

    public static async Task<RawConnection> OpenAsync(NodeProcess node)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", node.Port);
        return new RawConnection(client);
    }

    /// <summary>One request on a connection of its own, and its answer.</summary>
    public static async Task<RawAnswer> ExchangeAsync(NodeProcess node, string head, ReadOnlyMemory<byte> body = default)
    {
        using var connection = await OpenAsync(node);
        await connection.SendAsync(head);
        await connection.SendAsync(body);
        return await connection.ReadAsync(isHead: head.StartsWith("HEAD", StringComparison.Ordinal));
    }

    /// <summary>Sends text; characters above 127 as UTF-8.</summary>
    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await _client.GetStream().WriteAsync(bytes);
        await _client.GetStream().FlushAsync();
    }

    /// <summary>Tells the daemon that nothing more will come.</summary>
    public void EndSending() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Reads one answer, an interim one included.</summary>
    /// <param name="isHead">True when the answer has no body in spite of its length.</param>
    /// <param name="seconds">How long to wait for each of its pieces.</param>
    /// <exception cref="IOException">The connection ended before.</exception>
    public async Task<RawAnswer> ReadAsync(bool isHead = false, int seconds = 30)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var status = await ReadLineAsync(patience.Token);
        var headers = new List<KeyValuePair<string, string>>();
        for (string line; (line = await ReadLineAsync(patience.Token)).Length > 0;)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add(new(line[..colon], line[(colon + 1)..].Trim()));
        }

        var answer = new RawAnswer(status, headers, []);
        return isHead || answer.Code is < 200 or 204 or 304 ? answer : answer with { Body = await ReadBodyAsync(answer, patience.Token) };
    }

    /// <summary>Reads exactly as many bytes of a body as the buffer holds.</summary>
    public async Task FillAsync(Memory<byte> buffer) => await _stream.ReadExactlyAsync(buffer);

    /// <summary>True when the daemon has ended the connection, nothing being left to read.</summary>
    public async Task<bool> IsEndedAsync(int seconds = 30)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            return await _stream.ReadAsync(new byte[1], patience.Token) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
    }

    private async Task<byte[]> ReadBodyAsync(RawAnswer answer, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        if (answer.Header("Content-Length") is { } length)
        {
            await CopyAsync(body, long.Parse(length, CultureInfo.InvariantCulture), cancellationToken);
        }
        else if (answer.Header("Transfer-Encoding") == "chunked")
        {
            while (true)
            {
                var size = long.Parse(await ReadLineAsync(cancellationToken), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                await CopyAsync(body, size, cancellationToken);
                await ReadLineAsync(cancellationToken);
                if (size == 0)
                {
                    break;
                }
            }
        }
        else
        {
            await _stream.CopyToAsync(body, cancellationToken);
        }

        return body.ToArray();
    }

    private async Task CopyAsync(MemoryStream body, long length, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        for (int read; length > 0; length -= read)
        {
            read = await _stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length)), cancellationToken);
            if (read == 0)
            {
                throw new EndOfStreamException("The connection ended within a body.");
            }

            await body.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            if (await _stream.ReadAsync(one, cancellationToken) == 0)
            {
                throw new EndOfStreamException("The connection ended within a head.");
            }

            if (one[0] == (byte)'\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }
    }
}
