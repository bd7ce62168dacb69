using System.Text.Json.Nodes;
using OdmNode.Engine.Assets;
using OdmNode.Engine.Stages;
using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Imaging.Metadata;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Engine;

public sealed class AssetTests
{
    private const string Id = "dji fc300s 4000 2250 brown 0.5555";

    [Fact]
    public void Cameras_are_written_in_units_of_the_longest_side_and_read_back()
    {
        JsonObject json = CamerasJson.Of(new Dictionary<string, Camera> { [Id] = Camera });
        Assert.Equal(0.5, json[Id]!["focal_x"]!.GetValue<double>(), 12);
        Assert.Equal(0.0025, json[Id]!["c_x"]!.GetValue<double>(), 12);
        Assert.Equal(-0.00125, json[Id]!["c_y"]!.GetValue<double>(), 12);
        Camera read = CamerasJson.Read(JsonNode.Parse(json.ToJsonString()))[Id];
        Assert.Equal(Camera.FocalY, read.FocalY, 9);
        Assert.Equal(Camera.CenterX, read.CenterX, 9);
        Assert.Equal(Camera.CenterY, read.CenterY, 9);
        Assert.Equal(Camera with { FocalY = read.FocalY, CenterX = read.CenterX, CenterY = read.CenterY, FocalX = read.FocalX }, read);
    }

    [Theory]
    [InlineData(LensModel.Perspective, "perspective", "focal k1 k2")]
    [InlineData(LensModel.Brown, "brown", "focal_x focal_y c_x c_y k1 k2 p1 p2 k3")]
    [InlineData(LensModel.Fisheye, "fisheye", "focal k1 k2")]
    [InlineData(LensModel.FisheyeOpenCv, "fisheye_opencv", "focal_x focal_y c_x c_y k1 k2 k3 k4")]
    [InlineData(LensModel.Dual, "dual", "focal k1 k2 transition")]
    [InlineData(LensModel.Spherical, "spherical", "")]
    public void A_lens_has_the_fields_of_its_projection_type_and_is_read_back(LensModel model, string name, string fields)
    {
        Camera lens = OdmNode.Geometry.Cameras.Camera.Of(model, 4000, 3000, 2000);
        lens = lens switch
        {
            BrownCamera brown => brown with { K1 = -0.1, K2 = 0.05 },
            FisheyeCamera fisheye => fisheye with { K1 = -0.1, K2 = 0.05 },
            _ => lens,
        };
        JsonObject json = CamerasJson.Of(new Dictionary<string, Camera> { ["lens"] = lens });
        JsonObject entry = json["lens"]!.AsObject();
        Assert.Equal(name, entry["projection_type"]!.GetValue<string>());
        Assert.Equal(["projection_type", "width", "height", .. fields.Split(' ', StringSplitOptions.RemoveEmptyEntries)], entry.Select(field => field.Key));
        Assert.Equal(lens, CamerasJson.Read(JsonNode.Parse(json.ToJsonString()))["lens"]);
    }

    [Fact]
    public void A_lens_without_a_projection_type_is_perspective_and_one_of_an_unknown_type_is_passed_over()
    {
        IReadOnlyDictionary<string, Camera> read = CamerasJson.Read(JsonNode.Parse(
            """{"v2 a": {"width": 10, "height": 5, "focal": 0.5, "k1": 0.1}, "b": {"projection_type": "radial", "width": 10, "height": 5, "focal_x": 1}, "c": {"projection_type": "fisheye62", "width": 10, "height": 5, "focal_x": 1}}"""));
        (string id, Camera lens) = Assert.Single(read);
        Assert.Equal(("a", LensModel.Perspective, 5.0), (id, lens.Model, lens.FocalX));
    }

    [Fact]
    public void A_damaged_camera_is_passed_over() =>
        Assert.Empty(CamerasJson.Read(JsonNode.Parse("""{"a": {"width": "x"}, "b": 3, "c": {"width": 10, "height": 10}}""")));

    [Fact]
    public void The_survey_takes_the_zone_of_the_first_position_and_the_floor_of_the_mean()
    {
        PhotoMetadata[] photos =
        [
            new() { ImageName = "0.jpg", Width = 1, Height = 1 },
            new() { ImageName = "1.jpg", Width = 1, Height = 1, Latitude = -12.5, Longitude = 15.9999, Altitude = 100.5 },
            new() { ImageName = "2.jpg", Width = 1, Height = 1, Latitude = -12.5001, Longitude = 16.0001, Altitude = 120.7 },
        ];
        Georeference map = Georeference.Of(photos, [])!;
        var zone = new UtmZone(33, North: false);
        Assert.Equal((zone.Number, zone.North), (map.ZoneNumber, map.ZoneNorth));
        Vector3D a = zone.FromGeodetic(new GeodeticPosition(-12.5, 15.9999, 0));
        Vector3D b = zone.FromGeodetic(new GeodeticPosition(-12.5001, 16.0001, 0));
        Assert.Equal((long)Math.Floor((a.X + b.X) / 2), map.OffsetEast);
        Assert.Equal((long)Math.Floor((a.Y + b.Y) / 2), map.OffsetNorth);
        Assert.Equal(110, map.OriginHeight);
        Assert.Null(Georeference.Of([photos[0]], []));
    }

    [Fact]
    public void A_shot_is_written_where_it_was_taken_and_turned_as_the_map_sees_it()
    {
        var map = new MapFrame(new GeodeticPosition(46, 11, 200), UtmZone.Of(new GeodeticPosition(46, 11, 0)), 654321, 5095000);
        // Looking straight down, top of the photo to true north.
        var rotation = new Matrix3x3(1, 0, 0, 0, -1, 0, 0, 0, -1);
        var center = new Vector3D(10, 20, 80);
        var shot = new Shot("a.jpg", Id, new RigidTransform(rotation, -(rotation * center)));
        var scene = new Reconstruction
        {
            Cameras = new Dictionary<string, Camera> { [Id] = Camera },
            Shots = [shot],
            Points = TiePoints.Empty,
            MapFrame = map,
        };
        JsonNode feature = ShotsGeoJson.Of(scene, new Dictionary<string, double?> { ["a.jpg"] = 12.5 })["features"]![0]!;
        JsonNode properties = feature["properties"]!;
        Assert.Equal("v2 " + Id, properties["camera"]!.GetValue<string>());
        Assert.Equal(12.5, properties["capture_time"]!.GetValue<double>());
        Vector3D inMap = map.MapFromWorld(center);
        Assert.Equal(inMap.X, properties["translation"]![0]!.GetValue<double>(), 6);
        GeodeticPosition position = map.Local.ToGeodetic(center);
        Assert.Equal(position.LongitudeDegrees, feature["geometry"]!["coordinates"]![0]!.GetValue<double>(), 12);

        // Oracle: a ground point 50 m map-north of the one below must appear along the photo by the convergence of meridians.
        Vector3D axisAngle = new(
            properties["rotation"]![0]!.GetValue<double>(), properties["rotation"]![1]!.GetValue<double>(), properties["rotation"]![2]!.GetValue<double>());
        Vector3D inCamera = Rotations.FromAxisAngle(axisAngle) * new Vector3D(0, 50, -80);
        Vector3D expected = shot.CameraFromWorld * map.WorldFromMap(inMap + new Vector3D(0, 50, -80));
        Assert.True((inCamera - expected).Length < 0.05, $"{inCamera} instead of {expected}");
    }

    [Fact]
    public void Reprojection_errors_count_every_observation()
    {
        var shot = new Shot("a.jpg", Id, RigidTransform.Identity);
        Vector3D[] positions = [new(0, 0, 10), new(1, 1, 10)];
        Vector2D first = Camera.Project(positions[0]);
        Vector2D second = Camera.Project(positions[1]);
        Observation[] observations =
        [
            new(0, 0, (float)first.X + 3, (float)first.Y + 4, 5),
            new(0, 1, (float)second.X, (float)second.Y + 50, 5),
        ];
        var scene = new Reconstruction
        {
            Cameras = new Dictionary<string, Camera> { [Id] = Camera },
            Shots = [shot],
            Points = new TiePoints(positions, new byte[6], [0, 1, 2], observations),
        };
        ReprojectionErrors errors = ReprojectionErrors.Of(scene);
        Assert.Equal(27.5, errors.MeanPixels, 3);
        Assert.Equal(50, errors.MedianPixels, 3);
        Assert.Equal(1, errors.Normalized[0], 3);
        Assert.Equal([2], errors.ObservationsPerShot);
    }

    private static BrownCamera Camera => new()
    {
        Width = 4000,
        Height = 2250,
        FocalX = 2000,
        FocalY = 2010,
        CenterX = 2010,
        CenterY = 1120,
        K1 = -0.1,
        K2 = 0.02,
        K3 = -0.003,
        P1 = 0.0004,
        P2 = -0.0005,
    };
}
