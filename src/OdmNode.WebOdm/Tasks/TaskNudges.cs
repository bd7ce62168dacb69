using System.Threading.Channels;

namespace OdmNode.WebOdm.Tasks;

/// <summary>Tells the scheduler to look at a task now.</summary>
public sealed class TaskNudges
{
    private readonly Channel<long> _channel = Channel.CreateUnbounded<long>(new UnboundedChannelOptions { SingleReader = true });

    internal ChannelReader<long> Reader => _channel.Reader;

    /// <summary>Something about the task has changed.</summary>
    public void Nudge(long id) => _channel.Writer.TryWrite(id);
}
