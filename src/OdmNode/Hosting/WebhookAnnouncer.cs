using OdmNode.Api.NodeOdm.Mapping;
using OdmNode.Tasks.Lifecycle;
using OdmNode.Tasks.Queue;
using OdmNode.Tasks.Storage;
using OdmNode.Tasks.Webhooks;

namespace OdmNode.Hosting;

/// <summary>Tells the end of every run to the address that the task names, then to the operator's.</summary>
internal sealed class WebhookAnnouncer(NodeSettings settings, TaskFolders folders, WebhookSender sender) : IRunEndObserver
{
    /// <inheritdoc/>
    public void RunEnded(TaskRecord record)
    {
        if (record.Webhook is null && settings.Webhook is null)
        {
            return;
        }

        var body = WebhookBody.Write(record, settings.Test?.Results ?? folders.Task(record.Id));
        sender.Enqueue(record.Id, record.Webhook, body);
        sender.Enqueue(record.Id, settings.Webhook, body);
    }
}
