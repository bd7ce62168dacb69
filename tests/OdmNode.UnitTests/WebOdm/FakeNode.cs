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

    /// <summary>The console of every task there.</summary>
    public List<string> Console { get; } = [];

    /// <summary>The options that it was taken to know when a task came or began again; null for unknown ones.</summary>
    public OptionCatalogue? Catalogue { get; private set; }

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

    /// <summary>What it says about itself.</summary>
    public NodeDescription Description { get; } = new()
    {
        ApiVersion = "2.2.4", QueueCount = 0, MaxImages = null, Engine = null, EngineVersion = null, Options = OptionCatalogue.BuiltIn,
    };

    public TimeSpan PollInterval => TimeSpan.Zero;

    public static NodeException Unreachable { get; } = new(NodeErrorKind.Unreachable, "no route");

    public Task<NodeDescription> DescribeAsync(CancellationToken cancellationToken) =>
        Fault is null ? Task.FromResult(Description) : Task.FromException<NodeDescription>(Fault);

    public async Task SendAsync(NodeOrder order, OptionCatalogue? catalogue, Action<double> onProgress, CancellationToken cancellationToken)
    {
        Check();
        Catalogue = catalogue;
        Orders.Add(order);
        await OnSend(order).WaitAsync(cancellationToken);
    }

    public Task<NodeTaskReport> PollAsync(string uuid, long line, CancellationToken cancellationToken)
    {
        Check();
        var report = Report ?? throw new NodeException(NodeErrorKind.NotFound, "not found");
        return Task.FromResult(report with { Lines = [.. Console.Skip((int)Math.Min(line, int.MaxValue))] });
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
        Catalogue = catalogue;
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
