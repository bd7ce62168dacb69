using System.Text.Json.Nodes;
using OdmNode.Geospatial.Gdal;
using OdmNode.Geospatial.PointClouds.Octree;

namespace OdmNode.Geospatial.PointClouds.Ept;

/// <summary><c>ept.json</c>: what a viewer must know before it asks for the first node.</summary>
internal static class EptMetadata
{
    private const string Version = "1.0.0";

    public static JsonObject Of(QuantizedCloud cloud, OctreeCube cube)
    {
        LasOptions options = cloud.Options;
        (double[] low, double[] high) = cloud.Statistics.Box(options);
        double[] corner = cube.LowCorner(options);
        double edge = cube.EdgeMetres(options);
        return new JsonObject
        {
            ["bounds"] = Numbers([.. corner, corner[0] + edge, corner[1] + edge, corner[2] + edge]),
            ["boundsConforming"] = Numbers([.. low, .. high]),
            ["dataType"] = "laszip",
            ["hierarchyType"] = "json",
            ["points"] = cloud.Statistics.Count,
            ["schema"] = Schema(cloud),
            ["span"] = CellSieve.Span,
            ["srs"] = Reference(options),
            ["version"] = Version,
        };
    }

    /// <summary>The CRS; empty in local coordinates.</summary>
    public static JsonObject Reference(LasOptions options)
    {
        var reference = new JsonObject();
        if (options.EpsgCode is { } code)
        {
            reference["authority"] = "EPSG";
            reference["horizontal"] = FormattableString.Invariant($"{code}");
            reference["wkt"] = ReferenceText.Wkt(code);
        }

        return reference;
    }

    public static JsonArray Numbers(ReadOnlySpan<double> values)
    {
        var array = new JsonArray();
        foreach (double value in values)
        {
            array.Add(value);
        }

        return array;
    }

    private static JsonArray Schema(QuantizedCloud cloud)
    {
        LasOptions options = cloud.Options;
        var schema = new JsonArray();
        foreach (DimensionStatistics values in cloud.Statistics.Dimensions(options))
        {
            (string type, int size) = TypeOf(values.Name);
            var dimension = new JsonObject { ["name"] = values.Name, ["type"] = type, ["size"] = size };
            if (values.Name is "X" or "Y" or "Z")
            {
                dimension["scale"] = options.Scale;
                dimension["offset"] = values.Name switch { "X" => options.OffsetEast, "Y" => options.OffsetNorth, _ => 0 };
            }

            dimension["count"] = values.Count;
            dimension["minimum"] = values.Minimum;
            dimension["maximum"] = values.Maximum;
            dimension["mean"] = values.Mean;
            dimension["stddev"] = values.Deviation;
            dimension["variance"] = values.Variance;
            if (values.Name == "Classification")
            {
                dimension["counts"] = Classes(cloud.Statistics);
            }

            schema.Add(dimension);
        }

        return schema;
    }

    private static JsonArray Classes(CloudTally tally)
    {
        var counts = new JsonArray();
        for (int value = 0; value < tally.Classes.Count; value++)
        {
            if (tally.Classes[value] > 0)
            {
                counts.Add(new JsonObject { ["value"] = value, ["count"] = tally.Classes[value] });
            }
        }

        return counts;
    }

    private static (string Type, int Size) TypeOf(string dimension) => dimension switch
    {
        "X" or "Y" or "Z" => ("signed", 4),
        "ScanAngleRank" => ("float", 4),
        "Intensity" or "PointSourceId" or "Red" or "Green" or "Blue" => ("unsigned", 2),
        _ => ("unsigned", 1),
    };
}
