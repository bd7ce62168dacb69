using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OdmNode.Core.Identity;
using OdmNode.Pipeline.Running;

namespace OdmNode.Engine.Running;

/// <summary>
/// Sends the progress to this machine: as ODM does, a datagram <c>PGUP/pid/name/percent</c>, and one that says more,
/// <c>STEP/pid/name/stage/step/units done/units planned/fraction/fraction kept from before</c>.
/// </summary>
public sealed class ProgressBeacon : IDisposable
{
    /// <summary>Where nodes listen unless they say otherwise.</summary>
    public const int DefaultPort = 6367;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly UdpClient client = new(AddressFamily.InterNetwork);
    private readonly IPEndPoint node;
    private readonly string name;
    private readonly TimeProvider clock;
    private string lastStage = "";
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

    /// <summary>A new stage, the last unit of one and the end are always sent, what lies between a few times per second.</summary>
    public void Send(RunProgress progress)
    {
        bool isTurn = progress.Stage != lastStage || progress.UnitsDone == progress.UnitsPlanned || progress.Fraction >= 1;
        if (lastSent is { } last && !isTurn && clock.GetElapsedTime(last) < Pause)
        {
            return;
        }

        lastStage = progress.Stage;
        lastSent = clock.GetTimestamp();
        Send(string.Create(CultureInfo.InvariantCulture, $"PGUP/{Environment.ProcessId}/{name}/{100 * progress.Fraction:0.##}"));
        Send(string.Create(
            CultureInfo.InvariantCulture,
            $"STEP/{Environment.ProcessId}/{name}/{StageNames.PublicNameOf(progress.Stage)}/{progress.Stage}/{progress.UnitsDone}/{progress.UnitsPlanned}/{progress.Fraction:0.######}/{progress.KeptFraction:0.######}"));
    }

    public void Dispose() => client.Dispose();

    private void Send(string text)
    {
        try
        {
            client.Send(Encoding.UTF8.GetBytes(text), node);
        }
        catch (SocketException)
        {
            // Nobody listens: an engine on its own.
        }
    }
}
