using OdmNode.Core.Options;

namespace OdmNode.WebOdm.Nodes;

/// <summary>A node and what was last heard from it.</summary>
public sealed class RegisteredNode
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _silence;
    private readonly DateTimeOffset _knownSince;
    private volatile NodeDescription? _description;
    private long _heardAtTicks;
    private int _sentSince;

    internal RegisteredNode(NodeRecord record, IProcessingNode node, TimeSpan silence, TimeProvider time) =>
        (Record, Node, _silence, _time, _knownSince) = (record, node, silence, time, time.GetUtcNow());

    /// <summary>As it was registered.</summary>
    public NodeRecord Record { get; }

    /// <summary>How to use it.</summary>
    public IProcessingNode Node { get; }

    /// <summary>True for this node itself.</summary>
    public bool IsBuiltIn => Node is BuiltInNode;

    /// <summary>What it said last; null before the first contact.</summary>
    public NodeDescription? Description => Node is BuiltInNode own ? own.Describe() : _description;

    /// <summary>When it was last heard of; null before the first contact.</summary>
    public DateTimeOffset? HeardAt => IsBuiltIn ? _time.GetUtcNow()
        : Interlocked.Read(ref _heardAtTicks) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero)
        : null;

    /// <summary>True when it was heard of lately.</summary>
    public bool IsOnline => HeardAt is { } heard && _time.GetUtcNow() - heard < _silence;

    /// <summary>
    /// True when it has been silent for so long that nothing is expected of it any more. A daemon that has just started has listened to
    /// nobody yet, and must not give up what a node works on because of that.
    /// </summary>
    public bool IsGivenUp => !IsOnline && _time.GetUtcNow() - _knownSince >= _silence;

    /// <summary>Tasks queued or running there, those sent since it was last asked included.</summary>
    public int QueueCount => (Description?.QueueCount ?? 0) + (IsBuiltIn ? 0 : Volatile.Read(ref _sentSince));

    /// <summary>The options that it knows; null before the first contact.</summary>
    public OptionCatalogue? Options => Description?.Options;

    /// <summary>The stages that a task can be run again from.</summary>
    public IReadOnlyList<string> RerunStages => Options?.Find("rerun-from")?.Domain.Choices is { } choices ? [.. choices.Where(stage => stage.Length > 0)] : [];

    /// <summary>The node gave a sign of life.</summary>
    internal void Heard() => Interlocked.Exchange(ref _heardAtTicks, _time.GetUtcNow().UtcTicks);

    /// <summary>The node told about itself.</summary>
    internal void Heard(NodeDescription description)
    {
        _description = description;
        Volatile.Write(ref _sentSince, 0);
        Heard();
    }

    /// <summary>A task is on its way there.</summary>
    internal void CountTask() => Interlocked.Increment(ref _sentSince);
}
