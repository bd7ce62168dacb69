using System.Globalization;
using System.Text.Json;
using OdmNode.Client.Http;
using OdmNode.Client.Wire;
using OdmNode.Core.Options;

namespace OdmNode.Client;

/// <content>Tasks: list, state, console, actions.</content>
public sealed partial class NodeClient
{
    /// <summary>Ids of all tasks of the node, in the order of their creation.</summary>
    public async Task<IReadOnlyList<string>> ListTasksAsync(CancellationToken cancellationToken)
    {
        var tasks = await _transport.GetAsync("task/list", null, ClientJson.Default.TaskReferenceArray, cancellationToken).ConfigureAwait(false);
        return [.. tasks.Select(task => task.Uuid).OfType<string>()];
    }

    /// <summary>How a task stands.</summary>
    public Task<TaskSnapshot> GetTaskAsync(string id, CancellationToken cancellationToken) =>
        _transport.GetAsync($"task/{Segment(id)}/info", null, ClientJson.Default.TaskSnapshot, cancellationToken);

    /// <summary>How a task stands, with console lines.</summary>
    /// <param name="id">The task.</param>
    /// <param name="line">Lines to skip; negative for the last lines only.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<TaskSnapshot> GetTaskAsync(string id, int line, CancellationToken cancellationToken) =>
        _transport.GetAsync($"task/{Segment(id)}/info", Number("with_output", line), ClientJson.Default.TaskSnapshot, cancellationToken);

    /// <summary>Console lines from number <paramref name="line"/> on; negative for the last lines only.</summary>
    public async Task<IReadOnlyList<string>> GetOutputAsync(string id, int line, CancellationToken cancellationToken) =>
        await _transport.GetAsync($"task/{Segment(id)}/output", Number("line", line), ClientJson.Default.StringArray, cancellationToken)
            .ConfigureAwait(false);

    /// <summary>How far a task is, in stages and units; an extension of the protocol.</summary>
    /// <returns>Null when the node does not offer to tell.</returns>
    public async Task<TaskProgress?> GetProgressAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await _transport.GetAsync($"task/{Segment(id)}/progress", null, ClientJson.Default.TaskProgress, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (NodeException exception) when (exception.IsMissingRoute)
        {
            return null;
        }
    }

    /// <summary>Stops a task.</summary>
    public Task CancelAsync(string id, CancellationToken cancellationToken) => ActAsync("cancel", id, null, cancellationToken);

    /// <summary>Removes a task with its files from the node.</summary>
    public Task RemoveAsync(string id, CancellationToken cancellationToken) => ActAsync("remove", id, null, cancellationToken);

    /// <summary>Processes an ended task again; null keeps its options.</summary>
    public Task RestartAsync(string id, IReadOnlyList<OptionValue>? options, CancellationToken cancellationToken) =>
        ActAsync("restart", id, options, cancellationToken);

    private static string Number(string name, int value) => string.Create(CultureInfo.InvariantCulture, $"{name}={value}");

    private static string Segment(string text) => Uri.EscapeDataString(text);

    private async Task ActAsync(string action, string id, IReadOnlyList<OptionValue>? options, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string> { ["uuid"] = id };
        if (options is not null)
        {
            fields["options"] = TaskForm.OptionsText(options);
        }

        using var form = new FormUrlEncodedContent(fields);
        CheckSuccess(await _transport.PostAsync($"task/{action}", form, null, cancellationToken).ConfigureAwait(false));
    }

    private void CheckSuccess(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("success", out var success) || success.ValueKind != JsonValueKind.True)
        {
            throw _transport.NotANode("it answered with neither success nor error");
        }
    }
}
