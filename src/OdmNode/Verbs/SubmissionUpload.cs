using OdmNode.Client;
using OdmNode.Client.Transfers;
using OdmNode.Core.Errors;

namespace OdmNode.Verbs;

/// <summary>Brings a task onto the node, or finds the one that an earlier run brought there.</summary>
internal sealed class SubmissionUpload(
    NodeClient client, SubmissionOrder order, SubmissionMemory memory, SubmissionDisplay display, TimeProvider time)
{
    private readonly UploadSession _session = new(client, order.Upload, time);

    /// <summary>Uploads a folder, or tells the node what to fetch.</summary>
    /// <returns>The task's id.</returns>
    public async Task<string> SendAsync(CancellationToken cancellationToken)
    {
        if (order.Folder is null)
        {
            display.Note($"{client.Node} is asked to fetch {order.Request.ZipUrl}");
            return await client.CreateAsync(order.Request, [], _ => { }, cancellationToken);
        }

        return await _session.SendAsync(Upload(order.Folder), cancellationToken);
    }

    /// <summary>Goes on with what an earlier run left.</summary>
    /// <returns>What comes next; null when the node no longer has it, or cannot tell what it has.</returns>
    public async Task<SubmissionPhase?> ResumeAsync(SubmissionState left, CancellationToken cancellationToken)
    {
        if (await IsTaskAsync(left.Uuid, cancellationToken))
        {
            return left.Phase == SubmissionPhase.Uploading ? SubmissionPhase.Processing : left.Phase;
        }

        if (order.Folder is null || !await _session.ResumeAsync(left.Uuid, Upload(order.Folder), cancellationToken))
        {
            display.Note($"{client.Node} cannot go on with {left.Uuid}.");
            return null;
        }

        return SubmissionPhase.Processing;
    }

    private UploadOrder Upload(string folder)
    {
        var files = Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).ToList();
        return files.Count == 0
            ? throw new OdmException(ErrorKind.BadInput, $"The folder {folder} holds no files.")
            : new UploadOrder
            {
                Request = order.Request,
                Files = files,
                OnBegun = id => memory.Keep(id, SubmissionPhase.Uploading),
                OnProgress = progress => display.Upload(progress, files.Count),
            };
    }

    private async Task<bool> IsTaskAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await client.GetTaskAsync(id, cancellationToken);
            return true;
        }
        catch (NodeException exception) when (exception.Kind == NodeErrorKind.NotFound)
        {
            return false;
        }
    }
}
