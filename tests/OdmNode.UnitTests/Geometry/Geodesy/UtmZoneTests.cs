using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;

namespace OdmNode.UnitTests.Geometry.Geodesy;

public sealed class UtmZoneTests
{
    /// <summary>Expected values by PROJ 9.1: <c>echo LON LAT | gdaltransform -s_srs EPSG:4326 -t_srs EPSG:32618 -output_xy</c>.</summary>
    [Theory]
    [InlineData(45.5, -73.56, 32618, 612502.40410284, 5039504.96589324)]
    [InlineData(-33.9, 18.4, 32734, 259583.221660431, 6245888.04544077)]
    [InlineData(0.001, 3.1, 32631, 511127.501985474, 110.530215593057)]
    [InlineData(71.2, 25.8, 32635, 456840.714484033, 7900130.83214389)]
    [InlineData(-0.5, -78.4, 32717, 789403.95712621, 9944677.63123336)]
    public void Coordinates_agree_with_proj_to_a_tenth_of_a_millimetre(
        double latitude, double longitude, int epsg, double east, double north)
    {
        var position = new GeodeticPosition(latitude, longitude, 123.5);
        UtmZone zone = UtmZone.Of(position);
        Vector3D map = zone.FromGeodetic(position);

        Assert.Equal(epsg, zone.EpsgCode);
        Assert.Equal(east, map.X, 1e-4);
        Assert.Equal(north, map.Y, 1e-4);
        Assert.Equal(123.5, map.Z);
    }

    [Theory]
    [InlineData(45.5, -73.56)]
    [InlineData(-33.9, 18.4)]
    [InlineData(83.9, 179.99)]
    [InlineData(-79.9, -179.99)]
    [InlineData(0, 0)]
    public void Going_there_and_back_returns_the_position(double latitude, double longitude)
    {
        var position = new GeodeticPosition(latitude, longitude, 7);
        UtmZone zone = UtmZone.Of(position);
        GeodeticPosition back = zone.ToGeodetic(zone.FromGeodetic(position));

        Assert.Equal(latitude, back.LatitudeDegrees, 1e-12);
        Assert.Equal(longitude, back.LongitudeDegrees, 1e-12);
    }

    [Theory]
    [InlineData(-180.0, 1)]
    [InlineData(-174.0, 2)]
    [InlineData(-0.0001, 30)]
    [InlineData(0.0, 31)]
    [InlineData(179.9999, 60)]
    [InlineData(180.0, 1)]
    public void Zones_are_six_degrees_wide_and_wrap_around(double longitude, int zone) =>
        Assert.Equal(zone, UtmZone.Of(new GeodeticPosition(10, longitude, 0)).Number);

    [Fact]
    public void Names_are_those_of_the_reference_engine()
    {
        Assert.Equal("WGS84 UTM 15N", new UtmZone(15, true).OdmName);
        Assert.Equal("+proj=utm +zone=34 +south +datum=WGS84 +units=m +no_defs +type=crs", new UtmZone(34, false).Proj4);
    }
}
