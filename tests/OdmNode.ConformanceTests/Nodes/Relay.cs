using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OdmNode.ConformanceTests.Nodes;

/// <summary>Stands between two daemons and passes everything on, but for one exchange that a test wants to see stuck half-way.</summary>
public sealed class Relay : IAsyncDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly int _target;
    private volatile Hold? _hold;

    /// <param name="target">The port to pass on to.</param>
    public Relay(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Method and path of every request that was passed on, in turn.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Lets the next request whose path has this in it arrive with so many bytes, and no more.</summary>
    /// <returns>Ends when that is so.</returns>
    public Task HoldRequest(string path, int bytes) => Begin(new Hold(path, IsOfRequest: true, bytes));

    /// <summary>Lets the next request whose path has this in it arrive, and so many bytes of its answer come back, and no more.</summary>
    /// <returns>Ends when that is so.</returns>
    public Task HoldAnswer(string path, int bytes = 0) => Begin(new Hold(path, IsOfRequest: false, bytes));

    /// <summary>Breaks what is held, and passes everything on.</summary>
    public void Release()
    {
        _hold?.Broken.Cancel();
        _hold = null;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        _ending.Dispose();
    }

    private Task Begin(Hold hold)
    {
        _hold = hold;
        return hold.Reached.Task;
    }

    private async Task AcceptAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_ending.Token);
            _ = PassAsync(client);
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var source = client;
        using var target = new TcpClient();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        try
        {
            await target.ConnectAsync(IPAddress.Loopback, _target, end.Token);
            var connection = new Connection();
            await Task.WhenAny(
                PassRequestsAsync(connection, source.GetStream(), target.GetStream(), end.Token),
                PassAnswersAsync(connection, target.GetStream(), source.GetStream(), end.Token));
        }
        catch (SocketException)
        {
            // Nobody listens there: the one who called sees a connection that ends.
        }

        await end.CancelAsync();
    }

    private async Task PassRequestsAsync(Connection connection, NetworkStream from, NetworkStream to, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        for (int read; (read = await from.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            var length = read;
            if (PathOf(buffer.AsSpan(0, read)) is { } request)
            {
                Requests.Enqueue(request);
                if (_hold is { } hold && request.Contains(hold.Path, StringComparison.Ordinal) && hold.Take())
                {
                    connection.Held = hold;
                    connection.Left = hold.Bytes;
                }
            }

            if (connection.Held is { IsOfRequest: true } held)
            {
                length = Math.Min(length, connection.Left);
                connection.Left -= length;
                await to.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
                if (connection.Left == 0)
                {
                    await held.StayAsync(cancellationToken);
                    return;
                }
            }
            else
            {
                await to.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
            }
        }
    }

    private static async Task PassAnswersAsync(Connection connection, NetworkStream from, NetworkStream to, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        for (int read; (read = await from.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (connection.Held is { IsOfRequest: false } held)
            {
                read = Math.Min(read, connection.Left);
                connection.Left -= read;
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                if (connection.Left == 0)
                {
                    await held.StayAsync(cancellationToken);
                    return;
                }
            }
            else
            {
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
    }

    /// <returns>Null for bytes that are not the beginning of a request.</returns>
    private static string? PathOf(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf(" HTTP/1.1\r\n"u8);
        return end > 0 && (bytes.StartsWith("GET "u8) || bytes.StartsWith("POST "u8)) ? Encoding.ASCII.GetString(bytes[..end]) : null;
    }

    private sealed class Connection
    {
        public volatile Hold? Held;
        public int Left;
    }

    private sealed record Hold(string Path, bool IsOfRequest, int Bytes)
    {
        private int _taken;

        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationTokenSource Broken { get; } = new();

        /// <summary>Only one exchange is held.</summary>
        public bool Take() => Interlocked.Exchange(ref _taken, 1) == 0;

        public async Task StayAsync(CancellationToken cancellationToken)
        {
            Reached.TrySetResult();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(Broken.Token, cancellationToken);
            await Task.Delay(Timeout.Infinite, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
