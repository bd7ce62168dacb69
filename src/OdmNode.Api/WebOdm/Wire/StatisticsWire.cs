using System.Text.Json.Serialization;

namespace OdmNode.Api.WebOdm.Wire;

/// <summary>The report of a finished task in short; empty until there is one.</summary>
internal sealed record StatisticsWire
{
    [JsonPropertyName("pointcloud")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PointCloudWire? PointCloud { get; init; }

    /// <summary>Centimetres for a pixel.</summary>
    [JsonPropertyName("gsd")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? GroundSampling { get; init; }

    /// <summary>Square metres.</summary>
    [JsonPropertyName("area")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Area { get; init; }

    [JsonPropertyName("start_date")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StartDate { get; init; }

    [JsonPropertyName("end_date")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EndDate { get; init; }

    /// <summary>What placed the survey: <c>gps</c>, <c>gcp</c>.</summary>
    [JsonPropertyName("spatial_refs")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? SpatialReferences { get; init; }
}

/// <summary>Of the cloud.</summary>
internal sealed record PointCloudWire([property: JsonPropertyName("points")] long Points);
