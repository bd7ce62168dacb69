using OdmNode.Client;
using OdmNode.Core.Options;
using OdmNode.Tasks.Output;
using OdmNode.WebOdm.Files;
using OdmNode.WebOdm.Nodes;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.UnitTests.WebOdm;

/// <summary>A node that does what the test says.</summary>
internal sealed class FakeNode : IProcessingNode
{
    /// <summary>The orders it was given, in turn.</summary>
    public List<NodeOrder> Orders { get; } = [];

    /// <summary>What it was asked for beside, in turn.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>What it says of every task; null when it knows none.</summary>
    public NodeTaskReport? Report { get; set; } = new(NodeTaskReport.Queued, null, -1, 0);

    /// <summary>Thrown by everything while it is set.</summary>
    public NodeException? Fault { get; set; }

    /// <summary>Decides about an order.</summary>
    public Func<NodeOrder, Task> OnSend { get; set; } = _ => Task.CompletedTask;

    /// <summary>What cancelling waits for.</summary>
    public Task Cancelling { get; set; } = Task.CompletedTask;

    /// <summary>Makes results.</summary>
    public Action<string> OnFetch { get; set; } = results =>
    {
        Directory.CreateDirectory(ResultFolder.Assets(results));
        File.WriteAllText(ResultFolder.Archive(results), "archive");
    };

    public TimeSpan PollInterval => TimeSpan.Zero;

    public static NodeException Unreachable { get; } = new(NodeErrorKind.Unreachable, "no route");

    public Task<NodeDescription> DescribeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public async Task SendAsync(NodeOrder order, OptionCatalogue? catalogue, Action<double> onProgress, CancellationToken cancellationToken)
    {
        Check();
        Orders.Add(order);
        await OnSend(order).WaitAsync(cancellationToken);
    }

    public Task<NodeTaskReport> PollAsync(string uuid, long line, CancellationToken cancellationToken)
    {
        Check();
        return Task.FromResult(Report ?? throw new NodeException(NodeErrorKind.NotFound, "not found"));
    }

    public ConsoleLog? ConsoleOf(string uuid) => null;

    public async Task CancelAsync(string uuid, CancellationToken cancellationToken)
    {
        Calls.Add("cancel " + uuid);
        await Cancelling.WaitAsync(cancellationToken);
    }

    public Task RemoveAsync(string uuid, CancellationToken cancellationToken)
    {
        Calls.Add("remove " + uuid);
        Check();
        return Task.CompletedTask;
    }

    public Task RestartAsync(string uuid, IReadOnlyList<WebTaskOption> options, OptionCatalogue? catalogue, CancellationToken cancellationToken)
    {
        Check();
        Calls.Add("restart " + uuid);
        return Task.CompletedTask;
    }

    public Task FetchAsync(string uuid, string results, Action<double> onProgress, CancellationToken cancellationToken)
    {
        Check();
        Calls.Add("fetch " + uuid);
        OnFetch(results);
        return Task.CompletedTask;
    }

    private void Check()
    {
        if (Fault is not null)
        {
            throw Fault;
        }
    }
}
