using Microsoft.AspNetCore.Http;
using OdmNode.Api.Auth;
using OdmNode.Api.Http;
using OdmNode.Api.NodeOdm.Mapping;
using OdmNode.Core.Options;
using OdmNode.Tasks.Queue;

namespace OdmNode.Api.NodeOdm.Endpoints;

/// <summary>Cancel, remove, restart. The body is read before the token is looked at, as clients of the protocol see it.</summary>
internal static class ActionEndpoints
{
    public static async Task<IResult> CancelAsync(HttpRequest request, NodeTasks tasks, CancellationToken cancellationToken)
    {
        var body = await ActionBody.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        return Refuse(request, tasks, body) ?? Answer(body.Uuid, tasks.Cancel(body.Uuid));
    }

    public static async Task<IResult> RemoveAsync(HttpRequest request, NodeTasks tasks, CancellationToken cancellationToken)
    {
        var body = await ActionBody.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        return Refuse(request, tasks, body) ?? Answer(body.Uuid, await tasks.RemoveAsync(body.Uuid).ConfigureAwait(false));
    }

    public static async Task<IResult> RestartAsync(HttpRequest request, NodeTasks tasks, CancellationToken cancellationToken)
    {
        var body = await ActionBody.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        if (Refuse(request, tasks, body) is { } refusal)
        {
            return refusal;
        }

        OptionValidation? options = null;
        if (body.OptionsArray is { } array)
        {
            options = TaskRequestMapping.ReadOptions(array, tasks.Settings.Options);
        }
        else if (!string.IsNullOrEmpty(body.OptionsText))
        {
            options = TaskRequestMapping.ReadOptions(body.OptionsText, tasks.Settings.Options);
        }

        return Answer(body.Uuid, tasks.Restart(body.Uuid, options));
    }

    private static IResult? Refuse(HttpRequest request, NodeTasks tasks, ActionBody body) =>
        TokenFilter.Refusal(tasks.Settings, request) is { } refusal ? Answers.Error(refusal)
        : string.IsNullOrEmpty(body.Uuid) ? Answers.Error(NodeOdmTexts.UuidMissing)
        : null;

    private static IResult Answer(string? uuid, TaskActionResult result) => result switch
    {
        TaskActionResult.Done => Answers.Success(),
        TaskActionResult.NotRestartable => Answers.Failure(NodeOdmTexts.NotRestartable),
        _ => Answers.Failure(NodeOdmTexts.NotFound(uuid)),
    };
}
