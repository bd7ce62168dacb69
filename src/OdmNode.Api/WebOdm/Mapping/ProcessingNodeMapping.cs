using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OdmNode.Api.NodeOdm.Mapping;
using OdmNode.Api.NodeOdm.Wire;
using OdmNode.Api.WebOdm.Wire;
using OdmNode.Core.Options;
using OdmNode.WebOdm.Nodes;

namespace OdmNode.Api.WebOdm.Mapping;

/// <summary>Processing nodes as clients see them.</summary>
internal static class ProcessingNodeMapping
{
    private const int HttpPort = 80;
    private const int HttpsPort = 443;

    private static readonly Dictionary<string, Func<ProcessingNodeWire, IComparable?>> Fields = new(StringComparer.Ordinal)
    {
        ["id"] = node => node.Id,
        ["hostname"] = node => node.Hostname,
        ["port"] = node => node.Port,
        ["api_version"] = node => node.ApiVersion,
        ["queue_count"] = node => node.QueueCount,
        ["max_images"] = node => node.MaxImages,
        ["label"] = node => node.Label,
        ["engine"] = node => node.Engine,
        ["engine_version"] = node => node.EngineVersion,
    };

    /// <summary>The node; this very one is where the client has reached it.</summary>
    public static ProcessingNodeWire ToWire(RegisteredNode node, HttpRequest request)
    {
        var (hostname, port) = Address(node, request);
        var description = node.Description;
        return new ProcessingNodeWire
        {
            Id = node.Record.Id,
            Online = node.IsOnline,
            Hostname = hostname,
            Port = port,
            ApiVersion = description?.ApiVersion,
            LastRefreshed = node.HeardAt is { } heard ? WebDates.ToWire(heard) : null,
            QueueCount = node.QueueCount,
            AvailableOptions = description is null ? JsonElement.Parse("{}") : Options(description.Options),
            MaxImages = description?.MaxImages,
            Engine = description?.Engine,
            EngineVersion = description?.EngineVersion,
            Label = Label(node, request),
        };
    }

    /// <summary>The given label, else host and port.</summary>
    public static string Label(RegisteredNode node, HttpRequest request)
    {
        var (hostname, port) = Address(node, request);
        return node.Record.Label.Length > 0 ? node.Record.Label : string.Create(CultureInfo.InvariantCulture, $"{hostname}:{port}");
    }

    /// <summary>The nodes that the query asks for.</summary>
    public static IReadOnlyList<ProcessingNodeWire> Select(IReadOnlyList<ProcessingNodeWire> nodes, IQueryCollection query)
    {
        var selected = nodes.Where(node => Fields.All(field =>
            query[field.Key].ToString() is not { Length: > 0 } wanted || Convert.ToString(field.Value(node), CultureInfo.InvariantCulture) == wanted));
        if (query["has_available_options"].ToString() is { Length: > 0 } has)
        {
            var wanted = has is "true" or "1";
            selected = selected.Where(node => (node.AvailableOptions.ValueKind == JsonValueKind.Array) == wanted);
        }

        return Ordering.By([.. selected], query["ordering"], Fields);
    }

    /// <summary>The options that all of these nodes share by name, in the order and with the details of the first.</summary>
    public static JsonElement SharedOptions(IReadOnlyList<RegisteredNode> nodes)
    {
        var lists = nodes.Where(node => node.IsOnline).Select(node => node.Options).OfType<OptionCatalogue>().ToList();
        return lists.Count == 0 ? JsonElement.Parse("[]")
            : lists.Count == 1 ? Options(lists[0])
            : Options(new OptionCatalogue([.. lists[0].Definitions.Where(option => lists.TrueForAll(list => list.Find(option.Name) is not null))]));
    }

    private static JsonElement Options(OptionCatalogue catalogue) =>
        JsonSerializer.SerializeToElement(WireMapping.ToWire(catalogue), NodeOdmJson.Wire.OptionWireArray);

    private static (string Hostname, int Port) Address(RegisteredNode node, HttpRequest request) => node.IsBuiltIn
        ? (request.Host.Host, request.Host.Port ?? (request.IsHttps ? HttpsPort : HttpPort))
        : (node.Record.Hostname, node.Record.Port);
}
