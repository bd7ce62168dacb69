using Microsoft.Extensions.Hosting;
using OdmNode.Tasks.ObjectStore;
using OdmNode.Tasks.Queue;

namespace OdmNode.Hosting;

/// <summary>Starts the queue before the first request, once the object store has been tried, and stops it, with every engine, when the daemon ends.</summary>
internal sealed class QueueService(NodeTasks tasks, IResultStore? store = null) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (store is not null)
        {
            await store.CheckAsync(cancellationToken);
        }

        await tasks.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => tasks.StopAsync();
}
