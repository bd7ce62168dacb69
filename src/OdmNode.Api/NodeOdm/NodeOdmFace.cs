using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OdmNode.Api.Auth;
using OdmNode.Api.NodeOdm.Endpoints;
using OdmNode.Tasks.Queue;

namespace OdmNode.Api.NodeOdm;

/// <summary>The NodeODM protocol: every route in one table.</summary>
public static class NodeOdmFace
{
    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] Write = [HttpMethods.Post];

    /// <summary>Maps all routes of the protocol.</summary>
    public static void MapNodeOdm(this IEndpointRouteBuilder routes, NodeSettings settings)
    {
        var guarded = routes.MapGroup(string.Empty);
        guarded.AddEndpointFilter((context, next) => TokenFilter.RequireTokenAsync(context, next, settings));
        guarded.MapMethods("/info", Read, NodeEndpoints.Info);
        guarded.MapMethods("/options", Read, NodeEndpoints.Options);
        guarded.MapMethods("/task/list", Read, TaskEndpoints.List);
        guarded.MapMethods("/task/new", Write, CreationEndpoints.NewAsync);
        guarded.MapMethods("/task/new/init", Write, CreationEndpoints.InitAsync);
        guarded.MapMethods("/task/new/upload/{uuid}", Write, CreationEndpoints.UploadAsync);
        guarded.MapMethods("/task/new/upload/{uuid}", Read, CreationEndpoints.ListFiles);
        guarded.MapMethods("/task/new/commit/{uuid}", Write, CreationEndpoints.Commit);
        guarded.MapMethods("/task/{uuid}/info", Read, TaskEndpoints.Info);
        guarded.MapMethods("/task/{uuid}/output", Read, TaskEndpoints.Output);
        guarded.MapMethods("/task/{uuid}/output/stream", Read, StreamEndpoints.OutputAsync);
        guarded.MapMethods("/task/{uuid}/progress", Read, TaskEndpoints.Progress);
        guarded.MapMethods("/task/{uuid}/download/{asset}", Read, TaskEndpoints.Download);

        routes.MapMethods("/task/cancel", Write, ActionEndpoints.CancelAsync);
        routes.MapMethods("/task/remove", Write, ActionEndpoints.RemoveAsync);
        routes.MapMethods("/task/restart", Write, ActionEndpoints.RestartAsync);
        routes.MapMethods("/health", Read, OperationsEndpoints.Health);
        routes.MapMethods("/metrics", Read, OperationsEndpoints.MetricsAsync);
        routes.MapMethods("/auth/info", Read, NodeEndpoints.AuthInfo);
        routes.MapMethods("/auth/login", Write, NodeEndpoints.NotAvailable);
        routes.MapMethods("/auth/register", Write, NodeEndpoints.NotAvailable);
    }
}
