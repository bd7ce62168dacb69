using System.Net;
using System.Net.Sockets;
using System.Text;
using OdmNode.Core.Identity;

namespace OdmNode.Tasks.Engines;

/// <summary>Receives what engines report over UDP on the loopback interface; see <see cref="ProgressMessage"/>.</summary>
public sealed class ProgressListener : IDisposable
{
    private const int MaxBytes = 512;

    private readonly UdpClient _socket;

    /// <param name="port">The port to listen on; 0 for any free one.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public ProgressListener(int port) => _socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, port));

    /// <summary>The port that is listened on.</summary>
    public int Port => ((IPEndPoint)_socket.Client.LocalEndPoint!).Port;

    /// <summary>Hands every message on until cancelled.</summary>
    public async Task ListenAsync(Action<TaskId, double> onPercent, Action<TaskId, EngineReport> onReport, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var datagram = await _socket.ReceiveAsync(cancellationToken).ConfigureAwait(false);
                if (datagram.Buffer.Length > MaxBytes)
                {
                    continue;
                }

                var text = Encoding.ASCII.GetString(datagram.Buffer);
                if (ProgressMessage.TryParsePercent(text, out var id, out var percent))
                {
                    onPercent(id, percent);
                }
                else if (ProgressMessage.TryParseReport(text, out id, out var report))
                {
                    onReport(id, report);
                }
            }
            catch (SocketException)
            {
                // One bad datagram must not end the reports of all tasks.
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
