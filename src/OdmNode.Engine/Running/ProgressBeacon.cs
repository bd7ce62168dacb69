using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OdmNode.Engine.Running;

/// <summary>Sends the progress as ODM does: a datagram <c>PGUP/pid/name/percent</c> to this machine.</summary>
public sealed class ProgressBeacon : IDisposable
{
    /// <summary>Where nodes listen unless they say otherwise.</summary>
    public const int DefaultPort = 6367;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly UdpClient client = new(AddressFamily.InterNetwork);
    private readonly IPEndPoint node;
    private readonly string name;
    private readonly TimeProvider clock;
    private long? lastSent;

    /// <param name="port">Of the listening node.</param>
    /// <param name="name">Of the project; for a node the id of its task.</param>
    /// <param name="clock">Limits the rate.</param>
    public ProgressBeacon(int port, string name, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        node = new IPEndPoint(IPAddress.Loopback, port);
        this.name = name;
        this.clock = clock;
    }

    /// <param name="fraction">0 to 1; the end is always sent, values in between a few times per second.</param>
    public void Send(double fraction)
    {
        if (lastSent is { } last && fraction < 1 && clock.GetElapsedTime(last) < Pause)
        {
            return;
        }

        lastSent = clock.GetTimestamp();
        string text = string.Create(CultureInfo.InvariantCulture, $"PGUP/{Environment.ProcessId}/{name}/{100 * fraction:0.##}");
        try
        {
            client.Send(Encoding.UTF8.GetBytes(text), node);
        }
        catch (SocketException)
        {
            // Nobody listens: an engine on its own.
        }
    }

    public void Dispose() => client.Dispose();
}
