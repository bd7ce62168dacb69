using System.Text.Json;
using OdmNode.Client.Http;
using OdmNode.Client.Wire;

namespace OdmNode.Client;

/// <content>Creation of tasks: in one request, or as init, upload and commit.</content>
public sealed partial class NodeClient
{
    /// <summary>Opens an upload. Repeated with the id of an open one it keeps the files and replaces all else.</summary>
    /// <returns>The id of the task to be.</returns>
    /// <exception cref="NodeException">Options are refused, or the wanted id is one of a task.</exception>
    public async Task<string> BeginAsync(TaskRequest request, CancellationToken cancellationToken)
    {
        using var form = TaskForm.Of(request);
        return ReadUuid(
            await _transport.PostAsync("task/new/init", form, SetUuid(request), cancellationToken).ConfigureAwait(false), request);
    }

    /// <summary>Sends files into an open upload, all in one request; they are read while they are sent.</summary>
    /// <param name="id">The upload.</param>
    /// <param name="paths">The files; their names must differ.</param>
    /// <param name="onBytes">Told the number of bytes of each piece that was sent.</param>
    /// <param name="cancellationToken">Stops the transfer.</param>
    public async Task SendFilesAsync(string id, IReadOnlyList<string> paths, Action<int> onBytes, CancellationToken cancellationToken)
    {
        using var deadline = _transport.WhileMoving(cancellationToken);
        using var form = new MultipartFormDataContent();
        Attach(form, paths, onBytes, deadline);
        CheckSuccess(await PostFilesAsync($"task/new/upload/{Segment(id)}", form, null, deadline, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Turns an upload into a task.</summary>
    public async Task CommitAsync(string id, CancellationToken cancellationToken) =>
        await _transport.PostAsync($"task/new/commit/{Segment(id)}", null, null, cancellationToken).ConfigureAwait(false);

    /// <summary>Creates a task in one request, from files, from <see cref="TaskRequest.ZipUrl"/>, or from both.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="paths">The files; none where the node fetches an archive.</param>
    /// <param name="onBytes">Told the number of bytes of each piece that was sent.</param>
    /// <param name="cancellationToken">Stops the transfer.</param>
    /// <returns>The id of the task.</returns>
    public async Task<string> CreateAsync(
        TaskRequest request, IReadOnlyList<string> paths, Action<int> onBytes, CancellationToken cancellationToken)
    {
        using var deadline = _transport.WhileMoving(cancellationToken);
        using var form = TaskForm.Of(request);
        Attach(form, paths, onBytes, deadline);
        return ReadUuid(await PostFilesAsync("task/new", form, SetUuid(request), deadline, cancellationToken).ConfigureAwait(false), request);
    }

    /// <summary>What an open upload holds whole; an extension of the protocol.</summary>
    /// <returns>Null when the node does not offer to tell.</returns>
    /// <exception cref="NodeException">There is no such upload.</exception>
    public async Task<IReadOnlyList<HeldFile>?> GetUploadAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            var upload = await _transport
                .GetAsync($"task/new/upload/{Segment(id)}", null, ClientJson.Default.HeldUpload, cancellationToken).ConfigureAwait(false);
            return upload.Files;
        }
        catch (NodeException exception) when (exception.IsMissingRoute)
        {
            return null;
        }
    }

    private static Action<System.Net.Http.Headers.HttpRequestHeaders>? SetUuid(TaskRequest request) =>
        request.Uuid is { } id ? headers => headers.Add("set-uuid", id) : null;

    private static void Attach(MultipartFormDataContent form, IReadOnlyList<string> paths, Action<int> onBytes, IdleDeadline deadline)
    {
        foreach (var path in paths)
        {
            form.Add(new FilePart(path, OnPiece));
        }

        void OnPiece(int bytes)
        {
            deadline.Extend();
            onBytes(bytes);
        }
    }

    /// <summary>Asks before it sends: a proxy that refuses large bodies then says so instead of breaking the connection.</summary>
    private Task<JsonElement> PostFilesAsync(
        string path,
        MultipartFormDataContent form,
        Action<System.Net.Http.Headers.HttpRequestHeaders>? headers,
        IdleDeadline deadline,
        CancellationToken cancellationToken) =>
        _transport.PostAsync(
            path,
            form,
            all =>
            {
                headers?.Invoke(all);
                all.ExpectContinue = true;
            },
            deadline,
            cancellationToken);

    private string ReadUuid(JsonElement answer, TaskRequest request)
    {
        var id = _transport.Convert(answer, "task/new", ClientJson.Default.TaskReference).Uuid;
        return string.IsNullOrEmpty(id) ? throw _transport.NotANode("it answered the creation of a task without an id")
            : request.Uuid is not null && request.Uuid != id ? throw _transport.NotANode("it does not take the id that a task shall have")
            : id;
    }
}
