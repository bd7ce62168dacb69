using Microsoft.AspNetCore.Http;
using OdmNode.Api.Auth;
using OdmNode.Api.Http;
using OdmNode.Api.NodeOdm.Wire;
using OdmNode.Tasks.Monitoring;
using OdmNode.Tasks.Queue;
using Prometheus;

namespace OdmNode.Api.NodeOdm.Endpoints;

/// <summary>What operators watch.</summary>
internal static class OperationsEndpoints
{
    private const string Bearer = "Bearer ";

    /// <summary>200 while the node takes new work, 503 with the reason while it does not. Needs no token: load balancers have none.</summary>
    public static IResult Health(NodeTasks tasks)
    {
        var (status, reason) = tasks.IsStopping ? ("stopping", NodeOdmTexts.Stopping)
            : tasks.Disk.Refusal is { } refusal ? ("diskFull", refusal)
            : ("ok", null);
        var settings = tasks.Settings;
        return new JsonAnswer<HealthWire>(
            new HealthWire(status, reason, settings.Engine.Version, tasks.PendingCount, tasks.Disk.FreeBytes),
            NodeOdmJson.Wire.HealthWire,
            reason is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Prometheus text; with a token in the query or as a bearer, because a scraper sends headers more easily.</summary>
    public static async Task<IResult> MetricsAsync(HttpContext context, NodeTasks tasks, NodeMetrics metrics, CancellationToken cancellationToken)
    {
        if (TokenFilter.Refusal(tasks.Settings, context.Request) is { } refusal && !HasBearer(context.Request, tasks.Settings))
        {
            return Answers.Error(refusal);
        }

        tasks.ObserveMetrics();
        context.Response.ContentType = PrometheusConstants.TextContentTypeWithVersionAndEncoding;
        await metrics.Registry.CollectAndExportAsTextAsync(context.Response.Body, cancellationToken).ConfigureAwait(false);
        return Results.Empty;
    }

    private static bool HasBearer(HttpRequest request, NodeSettings settings) =>
        request.Headers.Authorization is { Count: 1 } header
        && header[0] is { } text
        && text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
        && TokenFilter.Matches(settings, text[Bearer.Length..]);
}
