using System.Globalization;
using System.Text.Json.Nodes;
using OdmNode.Engine.Assets;
using OdmNode.Engine.Stages;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.PointClouds;
using OdmNode.UnitTests.Geospatial;
using OdmNode.UnitTests.Geospatial.PointClouds;

namespace OdmNode.UnitTests.Engine;

/// <summary>The fields are those of <c>pdal info</c>, which programs around ODM read.</summary>
public sealed class CloudFilesTests
{
    private static readonly UtmZone Zone = new(32, North: true);

    [Fact]
    public void The_info_holds_the_box_in_the_map_and_in_degrees_and_statistics_of_each_field()
    {
        using var folder = new ScratchFolder();
        LasPoint[] points = Terrain.Points(1000, 1);
        using QuantizedCloud cloud = Terrain.Cloud(folder, points);
        JsonNode stats = CloudInfoJson.Info(cloud, Zone)["stats"]!;
        JsonNode box = stats["bbox"]!["native"]!["bbox"]!;
        Assert.Equal(447500 + (0.001 * points.Min(p => p.X)), Number(box, "minx"), 1e-6);
        Assert.Equal(5211000 + (0.001 * points.Max(p => p.Y)), Number(box, "maxy"), 1e-6);
        Assert.Equal(0.001 * points.Max(p => p.Z), Number(box, "maxz"), 1e-6);
        JsonNode degrees = stats["bbox"]!["EPSG:4326"]!["bbox"]!;
        GeodeticPosition west = Zone.ToGeodetic(new(Number(box, "minx"), Number(box, "maxy"), 0));
        Assert.InRange(west.LongitudeDegrees - Number(degrees, "minx"), 0, 1e-5);
        Assert.InRange(Number(degrees, "maxy") - west.LatitudeDegrees, 0, 1e-5);
        JsonArray fields = stats["statistic"]!.AsArray();
        Assert.Equal([.. Enumerable.Range(0, 15)], fields.Select(field => field!["position"]!.GetValue<int>()));
        JsonNode views = fields.Single(field => field!["name"]!.GetValue<string>() == "UserData")!;
        Assert.Equal((1000, 2, 8), ((int)Number(views, "count"), (int)Number(views, "minimum"), (int)Number(views, "maximum")));
        Assert.Equal(points.Average(p => p.Views), Number(views, "average"), 1e-9);
        Assert.Equal(Math.Sqrt(Number(views, "variance")), Number(views, "stddev"), 1e-12);
    }

    [Fact]
    public void The_summary_tells_the_coordinate_system_or_that_there_is_none()
    {
        using var folder = new ScratchFolder();
        using QuantizedCloud cloud = Terrain.Cloud(folder, Terrain.Points(10, 2));
        JsonNode summary = CloudInfoJson.Summary(cloud, Zone)["summary"]!;
        Assert.Equal(10, summary["num_points"]!.GetValue<long>());
        Assert.StartsWith("X, Y, Z, Intensity, ", summary["dimensions"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(Zone.Proj4, summary["srs"]!["proj4"]!.GetValue<string>());
        Assert.Contains("AUTHORITY[\"EPSG\",\"32632\"]", summary["srs"]!["wkt"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("", CloudInfoJson.Summary(cloud, null)["summary"]!["srs"]!["wkt"]!.GetValue<string>());
    }

    [Fact]
    public void The_boundary_is_told_as_text_and_as_geojson_with_the_density_inside()
    {
        var square = new CropPolygon([new(447500, 5211000), new(447510, 5211000), new(447510, 5211010), new(447500, 5211010)]);
        var cloud = new CloudStatistics { Count = 5000, Minimum = [0, 0, 0], Maximum = [1, 1, 1], Sum = [0, 0, 0], DensityCells = 5000, DensityCellMetres = 0.125 };
        JsonNode boundary = BoundsFiles.Boundary(square, cloud)["boundary"]!;
        Assert.Equal((100, 50, 0.125), (Number(boundary, "area"), Number(boundary, "density"), Number(boundary, "avg_pt_spacing")));
        Assert.Equal(
            "POLYGON ((447500 5211000, 447510 5211000, 447510 5211010, 447500 5211010, 447500 5211000))", boundary["boundary"]!.GetValue<string>());
        JsonNode bounds = BoundsFiles.Bounds(square, 32632);
        Assert.Equal("urn:ogc:def:crs:EPSG::32632", bounds["crs"]!["properties"]!["name"]!.GetValue<string>());
        Assert.Equal(5, bounds["features"]![0]!["geometry"]!["coordinates"]![0]!.AsArray().Count);
    }

    private static double Number(JsonNode node, string name) => double.Parse(node[name]!.ToJsonString(), CultureInfo.InvariantCulture);
}
