using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OdmNode.Core.Identity;

namespace OdmNode.Tasks.Engines;

/// <summary>Receives what engines report over UDP on the loopback interface: <c>PGUP/&lt;pid&gt;/&lt;task id&gt;/&lt;percent&gt;</c>.</summary>
public sealed class ProgressListener : IDisposable
{
    private readonly UdpClient _socket;

    /// <param name="port">The port to listen on; 0 for any free one.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public ProgressListener(int port) => _socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, port));

    /// <summary>The port that is listened on.</summary>
    public int Port => ((IPEndPoint)_socket.Client.LocalEndPoint!).Port;

    /// <summary>Reads one datagram's text.</summary>
    /// <returns>False for anything that is not a progress report.</returns>
    public static bool TryParse(string text, out TaskId id, out double percent)
    {
        id = default;
        percent = 0;
        var fields = text.Split('/');
        return fields.Length == 4
            && fields[0] == "PGUP"
            && TaskId.TryParse(fields[2], out id)
            && double.TryParse(fields[3].AsSpan().Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out percent)
            && double.IsFinite(percent);
    }

    /// <summary>Hands every report on until cancelled.</summary>
    public async Task ListenAsync(Action<TaskId, double> onProgress, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var datagram = await _socket.ReceiveAsync(cancellationToken).ConfigureAwait(false);
                if (datagram.Buffer.Length <= 256 && TryParse(Encoding.ASCII.GetString(datagram.Buffer), out var id, out var percent))
                {
                    onProgress(id, percent);
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
