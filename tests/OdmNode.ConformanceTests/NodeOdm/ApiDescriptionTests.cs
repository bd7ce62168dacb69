using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using OdmNode.ConformanceTests.Nodes;
using OdmNode.Hosting;
using OdmNode.Hosting.Configuration;
using OdmNode.Tasks.Engines;
using OdmNode.Tasks.Queue;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.NodeOdm;

/// <summary>Holds the description of the interface to the routes that the daemon has.</summary>
public sealed class ApiDescriptionTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeProcess _node = shared.Node;

    [Fact]
    public async Task N20_Every_route_is_described_and_everything_described_is_a_route()
    {
        using var folder = new TemporaryFolder();
        var settings = new NodeSettings
        {
            DataFolder = folder.Root, Engine = new EngineLaunch { Program = "true", Name = "none", Version = "0" },
        };
        await using var application = NodeHost.Build(settings, IPAddress.Loopback, port: 0, new LogOptions { ToConsole = false });
        var routes =
            from endpoint in ((IEndpointRouteBuilder)application).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            where endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null
            from method in endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
            where method != "HEAD"
            select $"{method.ToLowerInvariant()} {endpoint.RoutePattern.RawText}";
        var described =
            from path in (await DescriptionAsync()).GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            select $"{operation.Name} {path.Name}";

        Assert.Equal(routes.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task N20_Every_reference_leads_somewhere_and_every_variable_of_a_path_is_described()
    {
        var description = await DescriptionAsync();
        Assert.All(References(description), reference => Assert.True(Find(description, reference).ValueKind is JsonValueKind.Object, reference));
        foreach (var path in description.GetProperty("paths").EnumerateObject())
        {
            var variables = path.Name.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}'));
            Assert.All(path.Value.EnumerateObject(), operation => Assert.Equal(
                variables.Order(StringComparer.Ordinal),
                Parameters(description, operation.Value).Where(parameter => parameter.GetProperty("in").GetString() == "path")
                    .Select(parameter => parameter.GetProperty("name").GetString()!).Order(StringComparer.Ordinal)));
        }
    }

    private Task<JsonElement> DescriptionAsync() => _node.GetAsync("/swagger.json");

    private static IEnumerable<JsonElement> Parameters(JsonElement description, JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Select(parameter =>
                parameter.TryGetProperty("$ref", out var reference) ? Find(description, reference.GetString()!) : parameter)
            : [];

    private static JsonElement Find(JsonElement description, string reference) =>
        reference.Split('/').Skip(1).Aggregate(description, (element, name) => element.TryGetProperty(name, out var found) ? found : default);

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property.NameEquals("$ref") ? [property.Value.GetString()!] : References(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
