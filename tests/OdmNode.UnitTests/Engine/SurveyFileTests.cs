using OdmNode.Core.Errors;
using OdmNode.Engine.Inputs;
using OdmNode.Imaging.Metadata;

namespace OdmNode.UnitTests.Engine;

public sealed class SurveyFileTests : IDisposable
{
    private static readonly HashSet<string> Images = new(StringComparer.Ordinal) { "a.JPG", "b.JPG", "c.JPG" };
    private readonly string file = Path.GetTempFileName();
    private readonly List<string> warnings = [];

    public void Dispose() => File.Delete(file);

    [Theory]
    [InlineData("WGS84 UTM 33N")]
    [InlineData("wgs84 utm 33 n")]
    [InlineData("EPSG:32633")]
    [InlineData("+proj=utm +zone=33 +datum=WGS84 +units=m +no_defs")]
    public void Every_way_to_name_a_coordinate_system_gives_the_same_place(string header)
    {
        SurveyedPoint point = Assert.Single(Control(
            header, "# x y z column row image name", "500000 5000000 120.5 10.5 20.5 a.JPG North gate", "500000 5000000 120.5 11 21 b.JPG North gate",
            "500000 5000000 120.5 12 22 c.JPG North gate"));

        // By gdaltransform. 500 km east is the meridian in the middle of the zone.
        Assert.Equal(15, point.Longitude, 9);
        Assert.Equal(45.153477183, point.Latitude, 8);
        Assert.Equal(120.5, point.Height);
        Assert.Equal("North gate", point.Name);
        Assert.Equal([new SurveyedMark("a.JPG", 10.5, 20.5), new("b.JPG", 11, 21), new("c.JPG", 12, 22)], point.Marks);
        Assert.Empty(warnings);
    }

    [Fact]
    public void Longitude_comes_before_latitude_whatever_the_system_says()
    {
        SurveyedPoint point = Assert.Single(Control("EPSG:4326", "15.25 45.5 7 1 2 a.JPG CHK-7"));
        Assert.Equal((45.5, 15.25, 7.0, true), (point.Latitude, point.Longitude, point.Height, point.IsCheckPoint));
        Assert.Single(warnings);
    }

    [Fact]
    public void Points_without_names_or_with_the_same_name_are_told_apart_and_other_surveys_photos_ignored()
    {
        IReadOnlyList<SurveyedPoint> points = Control(
            "EPSG:4326", "1 2 3 1 1 a.JPG", "1.5 2 3 1 1 a.JPG P", "1.5 2.5 3 1 1 b.JPG P", "4 5 6 1 1 other.JPG Q", "1 2 3 4 4 b.JPG");
        Assert.Equal(["GCP-1", "P", "P (2)"], points.Select(point => point.Name));
        Assert.Equal(2, points[0].Marks.Count);
    }

    [Theory]
    [InlineData("no system", "1 2 3 4 5 a.JPG")]
    [InlineData("EPSG:4326", "1 2 x 4 5 a.JPG")]
    [InlineData("EPSG:4326", "1 2 3 4 5")]
    [InlineData("EPSG:4326", "1 2 3 4 5 A.JPG")]
    [InlineData("EPSG:4326", "1 2 NaN 4 5 a.JPG")]
    [InlineData("# nothing", "# else")]
    public void A_list_that_makes_no_sense_is_refused_with_a_reason(string header, string line)
    {
        OdmException exception = Assert.Throws<OdmException>(() => Control(header, line));
        Assert.Equal(ErrorKind.BadInput, exception.Kind);
        Assert.True(exception.Message.Length > 20, exception.Message);
    }

    [Fact]
    public void A_list_of_positions_replaces_what_the_photo_says_and_erases_an_accuracy_that_it_does_not_name()
    {
        File.WriteAllText(file, "\uFEFFEPSG:4326\r\na.JPG 15 45 100 10 NaN 3 0.02\r\nb.JPG 16 46\r\n");
        IReadOnlyDictionary<string, Func<PhotoMetadata, PhotoMetadata>> changes = PositionFile.Read(file);
        var photo = new PhotoMetadata
        {
            ImageName = "a.JPG", Width = 1, Height = 1, Latitude = 1, Longitude = 2, Altitude = 3, HorizontalAccuracy = 4, VerticalAccuracy = 5, Pitch = 6,
        };

        Assert.Equal(
            photo with
            {
                Latitude = 45,
                Longitude = 15,
                Altitude = 100,
                Yaw = 10,
                Roll = 3,
                HorizontalAccuracy = 0.02,
                VerticalAccuracy = null,
            },
            changes["a.JPG"](photo));
        Assert.Null(changes["b.JPG"](photo).Altitude);
        Assert.False(changes.ContainsKey("c.JPG"));
    }

    private IReadOnlyList<SurveyedPoint> Control(params string[] lines)
    {
        File.WriteAllLines(file, lines);
        return GroundControlFile.Read(file, Images, warnings.Add);
    }
}
