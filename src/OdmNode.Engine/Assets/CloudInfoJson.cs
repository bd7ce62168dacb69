using System.Text.Json.Nodes;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Gdal;
using OdmNode.Geospatial.PointClouds;

namespace OdmNode.Engine.Assets;

/// <summary>ODM's files about the cloud, with the fields that PDAL's info command gives them.</summary>
internal static class CloudInfoJson
{
    private static readonly string[] Corners = ["minx", "miny", "minz", "maxx", "maxy", "maxz"];

    /// <summary>Statistics of all fields, and the box around the points in the map and in longitude and latitude.</summary>
    /// <param name="cloud">One or more points.</param>
    /// <param name="zone">Of the map; null in local coordinates.</param>
    public static JsonObject Info(QuantizedCloud cloud, UtmZone? zone)
    {
        (double[] low, double[] high) = cloud.Statistics.Box(cloud.Options);
        var boxes = new JsonObject { ["native"] = new JsonObject { ["bbox"] = Box([.. low, .. high]) } };
        if (zone is not null)
        {
            boxes["EPSG:4326"] = new JsonObject { ["bbox"] = Box(Geodetic(low, high, zone)) };
        }

        var statistics = new JsonArray();
        foreach (DimensionStatistics values in cloud.Statistics.Dimensions(cloud.Options))
        {
            statistics.Add(new JsonObject
            {
                ["average"] = values.Mean,
                ["count"] = values.Count,
                ["maximum"] = values.Maximum,
                ["minimum"] = values.Minimum,
                ["name"] = values.Name,
                ["position"] = statistics.Count,
                ["stddev"] = values.Deviation,
                ["variance"] = values.Variance,
            });
        }

        return new JsonObject
        {
            ["filename"] = Path.GetFileName(AssetPaths.CloudLaz),
            ["stats"] = new JsonObject { ["bbox"] = boxes, ["statistic"] = statistics },
        };
    }

    /// <summary>What the header of the file tells.</summary>
    /// <inheritdoc cref="Info"/>
    public static JsonObject Summary(QuantizedCloud cloud, UtmZone? zone)
    {
        (double[] low, double[] high) = cloud.Statistics.Box(cloud.Options);
        return new JsonObject
        {
            ["filename"] = Path.GetFileName(AssetPaths.CloudLaz),
            ["summary"] = new JsonObject
            {
                ["bounds"] = Box([.. low, .. high]),
                ["dimensions"] = string.Join(", ", cloud.Statistics.Dimensions(cloud.Options).Select(values => values.Name)),
                ["num_points"] = cloud.Statistics.Count,
                ["srs"] = new JsonObject
                {
                    ["proj4"] = zone?.Proj4 ?? "",
                    ["wkt"] = zone is null ? "" : ReferenceText.Wkt(zone.EpsgCode),
                },
            },
        };
    }

    private static JsonObject Box(ReadOnlySpan<double> corners)
    {
        var box = new JsonObject();
        for (int i = 0; i < Corners.Length; i++)
        {
            box[Corners[i]] = corners[i];
        }

        return box;
    }

    /// <summary>Degrees around the four corners in plan: the map's north is not that of the meridians.</summary>
    private static double[] Geodetic(double[] low, double[] high, UtmZone zone)
    {
        GeodeticPosition[] corners =
        [
            zone.ToGeodetic(new Vector3D(low[0], low[1], 0)),
            zone.ToGeodetic(new Vector3D(high[0], low[1], 0)),
            zone.ToGeodetic(new Vector3D(low[0], high[1], 0)),
            zone.ToGeodetic(new Vector3D(high[0], high[1], 0)),
        ];
        return
        [
            corners.Min(corner => corner.LongitudeDegrees), corners.Min(corner => corner.LatitudeDegrees), low[2],
            corners.Max(corner => corner.LongitudeDegrees), corners.Max(corner => corner.LatitudeDegrees), high[2],
        ];
    }
}
