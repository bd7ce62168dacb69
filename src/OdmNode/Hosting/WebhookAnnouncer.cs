using OdmNode.Tasks.Lifecycle;
using OdmNode.Tasks.Queue;

namespace OdmNode.Hosting;

internal sealed class WebhookAnnouncer : IRunEndObserver
{
    public void RunEnded(TaskRecord record)
    {
    }
}
