using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OdmNode.Geospatial.PointClouds.Octree;

namespace OdmNode.Geospatial.PointClouds.Ept;

/// <summary>Writes a cloud as Entwine Point Tiles: an octree of small LAZ files that viewers load piece by piece.</summary>
/// <remarks>Entwine Point Tile 1.0.0 (entwine.io). Data type <c>laszip</c>, hierarchy type <c>json</c>.</remarks>
public static class EptWriter
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="cloud">One or more points.</param>
    /// <param name="folder">Is there and empty.</param>
    /// <param name="source">File name that the cloud is known by.</param>
    /// <param name="tree">How large nodes are.</param>
    /// <param name="threads">Nodes encoded at a time.</param>
    /// <param name="cancellationToken">Asked for each node.</param>
    public static void Write(
        QuantizedCloud cloud, string folder, string source, OctreeOptions tree, int threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        string data = Directory.CreateDirectory(Path.Combine(folder, "ept-data")).FullName;
        string hierarchy = Directory.CreateDirectory(Path.Combine(folder, "ept-hierarchy")).FullName;
        string sources = Directory.CreateDirectory(Path.Combine(folder, "ept-sources")).FullName;
        var cube = new OctreeCube(cloud.Statistics.Bounds);
        var counts = new Dictionary<OctreeKey, int>();
        NodeEncoder.ForEach(
            new OctreeBuilder(cube, tree).Build(cloud.Points, cancellationToken),
            threads,
            node => LazFile.Encode(node.Points, cloud.Options),
            (node, file) =>
            {
                File.WriteAllBytes(Path.Combine(data, $"{node.Key}.laz"), file);
                counts.Add(node.Key, node.Points.Length);
            },
            cancellationToken);
        EptHierarchy.Write(hierarchy, counts);
        WriteSources(cloud, sources, source);

        // Last, for it is what readers look for.
        Save(EptMetadata.Of(cloud, cube), Path.Combine(folder, "ept.json"));
    }

    /// <summary>Where the points come from: a list of files, and a record of each; here it is one.</summary>
    private static void WriteSources(QuantizedCloud cloud, string folder, string source)
    {
        const string record = "0.json";
        (double[] low, double[] high) = cloud.Statistics.Box(cloud.Options);
        long count = cloud.Statistics.Count;
        Save(
            new JsonArray(new JsonObject
            {
                ["id"] = source,
                ["url"] = record,
                ["bounds"] = EptMetadata.Numbers([.. low, .. high]),
                ["points"] = count,
                ["inserts"] = count,
                ["status"] = "inserted",
            }),
            Path.Combine(folder, "list.json"));
        Save(
            new JsonObject
            {
                [source] = new JsonObject
                {
                    ["origin"] = 0,
                    ["bounds"] = EptMetadata.Numbers([.. low, .. high]),
                    ["points"] = count,
                    ["srs"] = EptMetadata.Reference(cloud.Options),
                    ["metadata"] = new JsonObject { ["software_id"] = cloud.Options.Software },
                },
            },
            Path.Combine(folder, record));
    }

    private static void Save(JsonNode json, string path)
    {
        using FileStream file = File.Create(path);
        using var writer = new Utf8JsonWriter(file, Indented);
        json.WriteTo(writer);
    }
}
