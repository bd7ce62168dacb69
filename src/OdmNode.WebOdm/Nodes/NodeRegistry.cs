using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OdmNode.Client;
using OdmNode.WebOdm.Storage;

namespace OdmNode.WebOdm.Nodes;

/// <summary>All nodes that can process tasks; number 1 is this one.</summary>
public sealed partial class NodeRegistry : IDisposable
{
    /// <summary>The number of this node.</summary>
    public const long BuiltInId = 1;

    private const int SecurePort = 443;
    private static readonly NodeClientOptions Patience = new() { ConnectTimeout = TimeSpan.FromSeconds(5), AnswerTimeout = TimeSpan.FromSeconds(30) };
    private static readonly TimeSpan FirstContact = TimeSpan.FromSeconds(5);

    private readonly WebOdmDatabase _database;
    private readonly WebOdmSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<NodeRegistry> _log;
    private readonly ConcurrentDictionary<long, RegisteredNode> _nodes = new();

    /// <summary>Loads the nodes that were registered.</summary>
    public NodeRegistry(WebOdmDatabase database, BuiltInNode builtIn, WebOdmSettings settings, TimeProvider time, ILogger<NodeRegistry> log)
    {
        (_database, _settings, _time, _log) = (database, settings, time, log);
        Put(new NodeRecord(BuiltInId, string.Empty, 0, string.Empty, string.Empty), builtIn);
        var known = database.Query(
            "SELECT id, hostname, port, label, token FROM webodm_nodes ORDER BY id",
            reader => new NodeRecord(reader.GetInt64(0), reader.GetString(1), reader.GetInt32(2), reader.GetString(3), reader.GetString(4)));
        foreach (var record in known)
        {
            Put(record);
        }
    }

    /// <summary>All nodes by number.</summary>
    public IReadOnlyList<RegisteredNode> List() => [.. _nodes.Values.OrderBy(node => node.Record.Id)];

    /// <summary>The node of that number; null when there is none.</summary>
    public RegisteredNode? Find(long? id) => id is { } number ? _nodes.GetValueOrDefault(number) : null;

    /// <summary>The online node with the shortest queue; of equal ones the first. Null when none is online.</summary>
    public RegisteredNode? Choose() => List().Where(node => node.IsOnline).MinBy(node => node.QueueCount);

    /// <summary>Registers a node and asks it about itself; one that does not answer is kept and counts as offline.</summary>
    public async Task<RegisteredNode> AddAsync(NodeRecord node, CancellationToken cancellationToken)
    {
        // The first number is this node's.
        var id = _database.Insert(
            "INSERT INTO webodm_nodes (id, hostname, port, label, token) "
            + "SELECT MAX(1, COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'webodm_nodes'), 1)) + 1, $hostname, $port, $label, $token",
            ("$hostname", node.Hostname), ("$port", node.Port), ("$label", node.Label), ("$token", node.Token));
        return await ContactAsync(Put(node with { Id = id }), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes where and how a node is reached.</summary>
    public async Task<RegisteredNode> UpdateAsync(NodeRecord node, CancellationToken cancellationToken)
    {
        _database.Execute(
            "UPDATE webodm_nodes SET hostname = $hostname, port = $port, label = $label, token = $token WHERE id = $id",
            ("$hostname", node.Hostname), ("$port", node.Port), ("$label", node.Label), ("$token", node.Token), ("$id", node.Id));
        return await ContactAsync(Put(node), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets a node.</summary>
    public void Delete(long id)
    {
        _database.Execute("DELETE FROM webodm_nodes WHERE id = $id", ("$id", id));
        _nodes.TryRemove(id, out _);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var node in _nodes.Values)
        {
            (node.Node as IDisposable)?.Dispose();
        }
    }

    /// <summary>Asks a node about itself unless it has told already: what is sent to it depends on the options that it knows.</summary>
    internal async Task MeetAsync(RegisteredNode node, CancellationToken cancellationToken)
    {
        if (node.Description is null)
        {
            await ContactAsync(node, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Asks every other machine about itself.</summary>
    internal Task RefreshAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(List().Where(node => !node.IsBuiltIn).Select(node => ContactAsync(node, cancellationToken)));

    private async Task<RegisteredNode> ContactAsync(RegisteredNode node, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(FirstContact);
        try
        {
            node.Heard(await node.Node.DescribeAsync(patience.Token).ConfigureAwait(false));
        }
        catch (NodeException exception)
        {
            LogNotHeard(node.Record.Id, node.Record.Hostname, exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotHeard(node.Record.Id, node.Record.Hostname, "it did not answer in time");
        }

        return node;
    }

    /// <summary>Puts a node under its number, in place of the one that was there.</summary>
    internal RegisteredNode Put(NodeRecord record, IProcessingNode node)
    {
        var registered = new RegisteredNode(record, node, _settings.NodeSilence, _time);
        _nodes[record.Id] = registered;
        return registered;
    }

    private RegisteredNode Put(NodeRecord record)
    {
        var scheme = record.Port == SecurePort ? "https" : "http";
        var client = new NodeClient(new UriBuilder(scheme, record.Hostname, record.Port).Uri, record.Token.Length > 0 ? record.Token : null, Patience);
        return Put(record, new RemoteNode(client, _settings.RemotePoll, _time));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Processing node {Id} at {Hostname} was not heard of: {Reason}")]
    private partial void LogNotHeard(long id, string hostname, string reason);
}
