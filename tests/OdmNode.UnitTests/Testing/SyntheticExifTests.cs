using System.Globalization;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Jpeg;
using MetadataExtractor.Formats.Xmp;
using OdmNode.Testing.Surveys;
using Directory = MetadataExtractor.Directory;

namespace OdmNode.UnitTests.Testing;

public sealed class SyntheticExifTests
{
    private static readonly SyntheticSurveyOptions Options = new()
    {
        Width = 120, Height = 90, PhotoCount = 2, FlyingHeight = 40, Buildings = 1, Trees = 0,
        GpsNoiseHorizontal = 0.25, GpsNoiseVertical = 0.75,
    };

    [Theory]
    [InlineData(47.0512, 8.3093, 436)]
    [InlineData(-33.912345678, -70.600001, 620.5)]
    [InlineData(0.00001, -0.00002, -45)]
    public void A_position_is_read_back_as_it_was_meant(double latitude, double longitude, double height)
    {
        SyntheticSurvey survey = SyntheticSurvey.Create(
            Options with { SiteLatitude = latitude, SiteLongitude = longitude, SiteHeight = height });
        foreach (SyntheticPhoto photo in survey.Photos)
        {
            GpsDirectory gps = Read(survey, photo).OfType<GpsDirectory>().Single();
            GeoLocation location = gps.GetGeoLocation()!;
            // 1e-6 arc seconds are 2.8e-10 degrees.
            Assert.Equal(photo.ExifPosition.LatitudeDegrees, location.Latitude, 1.5e-10);
            Assert.Equal(photo.ExifPosition.LongitudeDegrees, location.Longitude, 1.5e-10);
            double sign = gps.GetByte(GpsDirectory.TagAltitudeRef) == 1 ? -1 : 1;
            Assert.Equal(photo.ExifPosition.HeightMetres, sign * gps.GetRational(GpsDirectory.TagAltitude).ToDouble(), 1e-9);
            Assert.Equal(0.25, gps.GetRational(0x1F).ToDouble(), 1e-9);
        }
    }

    [Fact]
    public void Camera_lens_and_time_are_read_back()
    {
        SyntheticSurvey survey = SyntheticSurvey.Create(Options with { FocalRatio = 0.74, Make = "Maker", Model = "Model 1" });
        IReadOnlyList<Directory> directories = Read(survey, survey.Photos[1]);
        ExifIfd0Directory main = directories.OfType<ExifIfd0Directory>().Single();
        ExifSubIfdDirectory exif = directories.OfType<ExifSubIfdDirectory>().Single();
        JpegDirectory jpeg = directories.OfType<JpegDirectory>().Single();
        Assert.Equal("Maker", main.GetString(ExifDirectoryBase.TagMake));
        Assert.Equal("Model 1", main.GetString(ExifDirectoryBase.TagModel));
        Assert.Equal(27, exif.GetInt32(ExifDirectoryBase.Tag35MMFilmEquivFocalLength));
        Assert.Equal(9.77, exif.GetRational(ExifDirectoryBase.TagFocalLength).ToDouble(), 1e-9);
        Assert.Equal(survey.Photos[1].Time, exif.GetDateTime(ExifDirectoryBase.TagDateTimeOriginal));
        Assert.Equal(120, exif.GetInt32(ExifDirectoryBase.TagExifImageWidth));
        Assert.Equal((120, 90), (jpeg.GetImageWidth(), jpeg.GetImageHeight()));
        Assert.DoesNotContain(directories, d => d.HasError);
    }

    [Fact]
    public void Xmp_states_accuracy_and_attitude()
    {
        SyntheticSurvey survey = SyntheticSurvey.Create(Options);
        IDictionary<string, string> xmp = Read(survey, survey.Photos[0]).OfType<XmpDirectory>().Single().GetXmpProperties();
        // The prefix may be numbered: it is kept for the whole process, and another test gives it another namespace.
        Assert.Equal("0.250", xmp.Single(pair => pair.Key.EndsWith(":GPSXYAccuracy", StringComparison.Ordinal)).Value);
        Assert.Equal("0.750", xmp.Single(pair => pair.Key.EndsWith(":GPSZAccuracy", StringComparison.Ordinal)).Value);
        double yaw = double.Parse(xmp["drone-dji:GimbalYawDegree"], CultureInfo.InvariantCulture);
        double pitch = double.Parse(xmp["drone-dji:GimbalPitchDegree"], CultureInfo.InvariantCulture);
        Assert.Equal(survey.Photos[0].YawDegrees, yaw, 0.006);
        Assert.Equal(survey.Photos[0].PitchDegrees - 90, pitch, 0.006);
    }

    [Fact]
    public void Without_gps_no_position_is_written()
    {
        SyntheticSurvey survey = SyntheticSurvey.Create(Options with { WithGps = false });
        Assert.Empty(Read(survey, survey.Photos[0]).OfType<GpsDirectory>());
    }

    private static IReadOnlyList<Directory> Read(SyntheticSurvey survey, SyntheticPhoto photo) =>
        ImageMetadataReader.ReadMetadata(new MemoryStream(survey.Encode(photo, survey.Render(photo, 2, CancellationToken.None))));
}
