using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;

namespace OdmNode.UnitTests.Geometry.Geodesy;

public sealed class MapFrameTests
{
    private static readonly GeodeticPosition Site = new(46.84, -91.99, 250);

    private static MapFrame Frame() => new(Site, UtmZone.Of(Site), 576000, 5188000);

    [Fact]
    public void Geodetic_and_earth_centred_coordinates_are_inverse()
    {
        foreach (double latitude in (double[])[-90, -45.3, 0, 12.5, 89.999, 90])
        {
            var position = new GeodeticPosition(latitude, 33.3, 4321);
            GeodeticPosition back = Wgs84.GeodeticFromEcef(Wgs84.EcefFromGeodetic(position));
            Assert.Equal(latitude, back.LatitudeDegrees, 1e-11);
            Assert.Equal(4321, back.HeightMetres, 1e-6);
        }
    }

    [Fact]
    public void The_pole_lies_a_semi_minor_axis_from_the_centre_of_the_earth()
    {
        Vector3D pole = Wgs84.EcefFromGeodetic(new GeodeticPosition(90, 0, 0));
        Assert.Equal(6356752.314245, pole.Z, 1e-6);
        Assert.Equal(0, pole.X, 1e-6);
    }

    [Fact]
    public void The_local_frame_points_east_north_and_up()
    {
        var local = new LocalFrame(Site);
        Vector3D north = local.FromGeodetic(Site with { LatitudeDegrees = Site.LatitudeDegrees + 1e-5 });
        Vector3D east = local.FromGeodetic(Site with { LongitudeDegrees = Site.LongitudeDegrees + 1e-5 });
        Vector3D up = local.FromGeodetic(Site with { HeightMetres = Site.HeightMetres + 1 });

        Assert.True(north.Y > 1 && Math.Abs(north.X) < 1e-6);
        Assert.True(east.X > 0.7 && Math.Abs(east.Y) < 1e-6);
        Assert.Equal(1, up.Z, 1e-9);
    }

    [Fact]
    public void World_and_map_are_inverse_kilometres_from_the_origin()
    {
        MapFrame frame = Frame();
        foreach (Vector3D world in (Vector3D[])[new(0, 0, 0), new(120, -340, 15), new(-4000, 5200, -80)])
        {
            Vector3D back = frame.WorldFromMap(frame.MapFromWorld(world));
            Assert.True((back - world).Length < 1e-6, $"{world} became {back}");
        }
    }

    [Fact]
    public void Height_on_the_map_follows_the_ellipsoid_where_one_affine_matrix_would_not()
    {
        // A point in the tangent plane rises above the ellipsoid by d² / 2R: 7.8 cm at 1 km.
        Vector3D map = Frame().MapFromWorld(new Vector3D(1000, 0, 0));
        Assert.Equal(250 + 0.0783, map.Z, 1e-3);
    }

    [Fact]
    public void The_jacobian_predicts_the_world_within_half_a_millimetre_over_a_ground_tile()
    {
        MapFrame frame = Frame();
        Vector3D center = frame.MapFromWorld(new Vector3D(2000, -1500, 10));
        Matrix3x3 jacobian = frame.WorldFromMapJacobian(center);
        var offset = new Vector3D(50, -50, 20);

        Vector3D exact = frame.WorldFromMap(center + offset);
        Vector3D predicted = frame.WorldFromMap(center) + (jacobian * offset);
        Assert.True((exact - predicted).Length < 5e-4, $"off by {(exact - predicted).Length} m");
    }
}
