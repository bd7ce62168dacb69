using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OdmNode.Api.WebOdm.Door;
using OdmNode.Api.WebOdm.Endpoints;

namespace OdmNode.Api.WebOdm;

/// <summary>The WebODM Task API: every route in one table, all below <c>/api</c>. A slash at the end changes nothing.</summary>
public static class WebOdmFace
{
    private const string Root = "/api";
    private const string LogIn = Root + "/token-auth";
    private const string Projects = "/projects";
    private const string Project = Projects + "/{project}";
    private const string Tasks = Project + "/tasks";
    private const string Task = Tasks + "/{task}";
    private const string Tile = "/tiles/{z}/{x}/{y}";
    private const string Nodes = "/processingnodes";
    private const string Node = Nodes + "/{node}";

    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] Post = [HttpMethods.Post];
    private static readonly string[] Patch = [HttpMethods.Patch];
    private static readonly string[] Put = [HttpMethods.Put];
    private static readonly string[] Delete = [HttpMethods.Delete];

    /// <summary>Adds what the face needs beside the WebODM services.</summary>
    public static IServiceCollection AddWebOdmFace(this IServiceCollection services) => services
        .AddSingleton<WebOdmLookup>().AddSingleton<WebTaskUpdate>();

    /// <summary>True for what belongs to this face.</summary>
    public static bool IsOurs(HttpContext context) => context.Request.Path.StartsWithSegments(Root);

    /// <summary>Puts the face's door before its part of the addresses; must come before routing.</summary>
    public static IApplicationBuilder UseWebOdmDoor(this IApplicationBuilder application) =>
        application.UseWhen(IsOurs, ours => ours.UseMiddleware<WebOdmDoor>());

    /// <summary>Asks for credentials; must come after routing.</summary>
    public static IApplicationBuilder UseWebOdmCallers(this IApplicationBuilder application) =>
        application.UseWhen(IsOurs, ours => ours.UseMiddleware<CallerCheck>());

    /// <summary>Maps all routes.</summary>
    public static void MapWebOdm(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods(LogIn, Post, TokenEndpoints.LogInAsync).ExcludeFromDescription();
        var guarded = routes.MapGroup(Root).WithMetadata(new NeedsCaller()).ExcludeFromDescription();
        var shown = routes.MapGroup(Root).WithMetadata(new NeedsCaller(unlessPublic: true)).ExcludeFromDescription();
        guarded.MapMethods("/", Read, TokenEndpoints.Index);

        guarded.MapMethods(Projects, Read, ProjectEndpoints.List);
        guarded.MapMethods(Projects, Post, ProjectEndpoints.CreateAsync);
        guarded.MapMethods(Project, Read, ProjectEndpoints.Get);
        guarded.MapMethods(Project, Patch, ProjectEndpoints.PatchAsync);
        guarded.MapMethods(Project, Put, ProjectEndpoints.PutAsync);
        guarded.MapMethods(Project, Delete, ProjectEndpoints.Delete);

        guarded.MapMethods(Project + "/edit", Post, ProjectSharingEndpoints.EditAsync);
        guarded.MapMethods(Project + "/permissions", Read, ProjectSharingEndpoints.List);

        guarded.MapMethods(Nodes, Read, ProcessingNodeEndpoints.List);
        guarded.MapMethods(Nodes, Post, ProcessingNodeEndpoints.CreateAsync);
        guarded.MapMethods(Nodes + "/options", Read, ProcessingNodeEndpoints.Options);
        guarded.MapMethods(Node, Read, ProcessingNodeEndpoints.Get);
        guarded.MapMethods(Node, [HttpMethods.Patch, HttpMethods.Put], ProcessingNodeEndpoints.UpdateAsync);
        guarded.MapMethods(Node, Delete, ProcessingNodeEndpoints.Delete);

        guarded.MapMethods(Tasks, Read, WebTaskEndpoints.List);
        guarded.MapMethods(Tasks, Post, WebTaskCreationEndpoints.CreateAsync);
        shown.MapMethods(Task, Read, WebTaskEndpoints.Get);
        guarded.MapMethods(Task, Patch, WebTaskEndpoints.PatchAsync);
        guarded.MapMethods(Task, Put, WebTaskEndpoints.PutAsync);
        guarded.MapMethods(Task, Delete, WebTaskActionEndpoints.Delete);
        guarded.MapMethods(Task + "/cancel", Post, WebTaskActionEndpoints.Cancel);
        guarded.MapMethods(Task + "/remove", Post, WebTaskActionEndpoints.Remove);
        guarded.MapMethods(Task + "/restart", Post, WebTaskActionEndpoints.Restart);
        guarded.MapMethods(Task + "/upload", Post, WebTaskUploadEndpoints.UploadAsync);
        guarded.MapMethods(Task + "/commit", Post, WebTaskCreationEndpoints.Commit);
        shown.MapMethods(Task + "/output", Read, WebOutputEndpoints.Output);
        shown.MapMethods(Task + "/download/{asset}", Read, WebDownloadEndpoints.DownloadAsync);
        shown.MapMethods(Task + "/assets/{**path}", Read, WebDownloadEndpoints.Raw);
        shown.MapMethods(Task + "/tiles.json", Read, WebTileEndpoints.SeedDescriptionAsync);
        shown.MapMethods(Task + Tile, Read, WebTileEndpoints.SeedTileAsync);
        shown.MapMethods(Task + "/{type}/tiles.json", Read, WebTileEndpoints.DescriptionAsync);
        shown.MapMethods(Task + "/{type}/bounds", Read, WebTileEndpoints.BoundsAsync);
        shown.MapMethods(Task + "/{type}" + Tile, Read, WebTileEndpoints.TileAsync);
    }

    internal static bool IsLogIn(PathString path) => path.StartsWithSegments(LogIn);
}
