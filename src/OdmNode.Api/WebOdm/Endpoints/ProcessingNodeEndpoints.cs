using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OdmNode.Api.Http;
using OdmNode.Api.WebOdm.Binding;
using OdmNode.Api.WebOdm.Door;
using OdmNode.Api.WebOdm.Mapping;
using OdmNode.Api.WebOdm.Wire;
using OdmNode.WebOdm.Nodes;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.Api.WebOdm.Endpoints;

/// <summary>Processing nodes: everybody sees them, administrators change them.</summary>
internal static class ProcessingNodeEndpoints
{
    private const int MaxHostname = 255;
    private const int MaxPort = 65535;
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal) { "hostname", "port", "label", "token" };

    public static IResult List(HttpRequest request, Caller caller, NodeRegistry nodes) => new JsonAnswer<ProcessingNodeWire[]>(
        [.. ProcessingNodeMapping.Select([.. nodes.List().Select(node => ProcessingNodeMapping.ToWire(node, request))], request.Query)],
        WebOdmJson.Wire.ProcessingNodeWireArray);

    public static IResult Get(string node, HttpRequest request, Caller caller, NodeRegistry nodes) =>
        Answer(Find(node, nodes), request, StatusCodes.Status200OK);

    public static IResult Options(Caller caller, NodeRegistry nodes) =>
        new JsonAnswer<JsonElement>(ProcessingNodeMapping.SharedOptions(nodes.List()), WebOdmJson.Wire.JsonElement);

    public static async Task<IResult> CreateAsync(HttpRequest request, Caller caller, NodeRegistry nodes, CancellationToken cancellationToken)
    {
        if (!caller.User.IsAdministrator)
        {
            return WebOdmAnswers.Forbidden();
        }

        var record = await ReadAsync(request, new NodeRecord(0, string.Empty, 0, string.Empty, string.Empty), isNew: true, cancellationToken).ConfigureAwait(false);
        return Answer(await nodes.AddAsync(record, cancellationToken).ConfigureAwait(false), request, StatusCodes.Status201Created);
    }

    public static async Task<IResult> UpdateAsync(string node, HttpRequest request, Caller caller, NodeRegistry nodes, CancellationToken cancellationToken)
    {
        var found = Find(node, nodes);
        if (!caller.User.IsAdministrator || found.IsBuiltIn)
        {
            return WebOdmAnswers.Forbidden();
        }

        var record = await ReadAsync(request, found.Record, HttpMethods.IsPut(request.Method), cancellationToken).ConfigureAwait(false);
        return Answer(await nodes.UpdateAsync(record, cancellationToken).ConfigureAwait(false), request, StatusCodes.Status200OK);
    }

    public static IResult Delete(string node, Caller caller, NodeRegistry nodes, WebTasks tasks)
    {
        var found = Find(node, nodes);
        if (!caller.User.IsAdministrator || found.IsBuiltIn)
        {
            return WebOdmAnswers.Forbidden();
        }

        nodes.Delete(found.Record.Id);
        tasks.ForgetNode(found.Record.Id);
        return TypedResults.NoContent();
    }

    private static RegisteredNode Find(string node, NodeRegistry nodes) =>
        nodes.Find(WebOdmLookup.Number(node)) ?? throw WebOdmRefusalException.NotFound();

    private static JsonAnswer<ProcessingNodeWire> Answer(RegisteredNode node, HttpRequest request, int status) =>
        new(ProcessingNodeMapping.ToWire(node, request), WebOdmJson.Wire.ProcessingNodeWire, status);

    private static async Task<NodeRecord> ReadAsync(HttpRequest request, NodeRecord known, bool isNew, CancellationToken cancellationToken)
    {
        var reader = new FieldReader(await BodyFields.ReadAsync(request, Names, cancellationToken).ConfigureAwait(false));
        var hostname = reader.Text("hostname", isNew, mayBeBlank: false, MaxHostname);
        if (hostname is not null && Uri.CheckHostName(hostname) == UriHostNameType.Unknown)
        {
            reader.Refuse("hostname", WebOdmTexts.BadHostname);
        }

        var port = reader.Integer("port", isNew);
        if (port is < 1 or > MaxPort)
        {
            reader.Refuse("port", WebOdmTexts.BadPort);
        }

        var label = reader.Text("label", most: MaxHostname);
        var token = reader.Text("token");
        reader.ThrowIfInvalid();
        return known with
        {
            Hostname = hostname ?? known.Hostname,
            Port = (int)(port ?? known.Port),
            Label = label ?? known.Label,
            Token = token ?? known.Token,
        };
    }
}
