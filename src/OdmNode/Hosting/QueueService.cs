using Microsoft.Extensions.Hosting;
using OdmNode.Tasks.Queue;

namespace OdmNode.Hosting;

/// <summary>Starts the queue before the first request and stops it, with every engine, when the daemon ends.</summary>
internal sealed class QueueService(NodeTasks tasks) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => tasks.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => tasks.StopAsync();
}
