using OdmNode.Core.Errors;
using OdmNode.Imaging.Metadata;

namespace OdmNode.UnitTests.Imaging;

public class PhotoMetadataReaderTests
{
    private const ushort Make = 0x010F;
    private const ushort Model = 0x0110;
    private const ushort DateTimeOriginal = 0x9003;
    private const ushort Subsecond = 0x9291;
    private const ushort FocalLength = 0x920A;
    private const ushort FocalPlaneX = 0xA20E;
    private const ushort FocalPlaneUnit = 0xA210;
    private const ushort Focal35 = 0xA405;

    private static readonly byte[] Jpeg = TestPictures.Ramp(400, 300, ".jpg");

    private static PhotoMetadata Read(ExifFixture fixture) => PhotoMetadataReader.Read("a.jpg", fixture.InJpeg(Jpeg));

    private static ExifFixture WithPosition(ExifFixture fixture) => fixture
        .Gps(1, "S").GpsRational(2, (46, 1), (30, 1), (1800, 100))
        .Gps(3, "W").GpsRational(4, (91, 1), (59, 1), (36, 1))
        .GpsByte(5, 0).GpsRational(6, (19831, 100));

    [Fact]
    public void Position_and_altitude_follow_their_references()
    {
        PhotoMetadata photo = Read(WithPosition(new ExifFixture()));
        Assert.Equal(-46.505, photo.Latitude!.Value, 1e-12);
        Assert.Equal(-(91 + (59.0 / 60) + (36.0 / 3600)), photo.Longitude!.Value, 1e-12);
        Assert.Equal(198.31, photo.Altitude);
        Assert.Equal((400, 300), (photo.Width, photo.Height));
        Assert.Empty(photo.Warnings);
    }

    [Fact]
    public void A_height_below_the_sea_is_negative() =>
        Assert.Equal(-12, Read(WithPosition(new ExifFixture()).GpsByte(5, 1).GpsRational(6, (12, 1))).Altitude);

    [Fact]
    public void Xmp_of_DJI_goes_before_EXIF_and_its_gimbal_counts_from_the_horizon()
    {
        PhotoMetadata photo = Read(WithPosition(new ExifFixture().Image(Make, "DJI").Image(Model, "FC6310"))
            .Xmp("drone-dji:Latitude=\"+12.5\" drone-dji:Longitude=\"-3.25\" drone-dji:AbsoluteAltitude=\"+101.40\" "
                + "drone-dji:FlightYawDegree=\"+46.0\" drone-dji:GimbalPitchDegree=\"-89.9\" drone-dji:GimbalRollDegree=\"+0.00\" "
                + "drone-dji:RtkStdLon=\"0.011\" drone-dji:RtkStdLat=\"0.013\" drone-dji:RtkStdHgt=\"0.02\""));
        Assert.Equal((12.5, -3.25, 101.4), (photo.Latitude, photo.Longitude, photo.Altitude));
        Assert.Equal(46, photo.Yaw);
        Assert.Equal(0.1, photo.Pitch!.Value, 1e-9);
        Assert.Equal(0, photo.Roll);
        Assert.Equal(0.026, photo.HorizontalAccuracy!.Value, 1e-12);
        Assert.Equal(0.04, photo.VerticalAccuracy!.Value, 1e-12);
    }

    [Fact]
    public void The_speed_of_DJI_counts_north_east_and_down()
    {
        PhotoMetadata photo = Read(new ExifFixture().Xmp(
            "drone-dji:FlightXSpeed=\"+5.20\" drone-dji:FlightYSpeed=\"-3.10\" drone-dji:FlightZSpeed=\"+0.40\""));
        Assert.Equal((-3.1, 5.2, -0.4), (photo.SpeedEast!.Value, photo.SpeedNorth!.Value, photo.SpeedUp!.Value));
        Assert.True(photo.HasSpeed);
    }

    [Theory]
    [InlineData("drone-dji:FlightXSpeed=\"1\" drone-dji:FlightYSpeed=\"2\"")]
    [InlineData("drone-dji:FlightXSpeed=\"1\" drone-dji:FlightYSpeed=\"n/a\" drone-dji:FlightZSpeed=\"0\"")]
    [InlineData("drone-dji:FlightXSpeed=\"1\" drone-dji:FlightYSpeed=\"6553.5\" drone-dji:FlightZSpeed=\"0\"")]
    public void A_speed_that_is_not_whole_or_not_of_a_drone_is_none(string attributes) =>
        Assert.False(Read(new ExifFixture().Xmp(attributes)).HasSpeed);

    [Fact]
    public void A_fisheye_lens_and_a_panorama_are_told_by_their_tags()
    {
        PhotoMetadata fisheye = Read(new ExifFixture().Xmp("Camera:ModelType=\"Fisheye\""));
        Assert.Equal((true, false), (fisheye.IsFisheye, fisheye.IsPanorama));
        PhotoMetadata plain = Read(new ExifFixture().Xmp("Camera:ModelType=\"perspective\""));
        Assert.Equal((false, false), (plain.IsFisheye, plain.IsPanorama));
        PhotoMetadata panorama = Read(new ExifFixture().Xmp(
            "xmlns:GPano=\"http://ns.google.com/photos/1.0/panorama/\" GPano:ProjectionType=\"equirectangular\""));
        Assert.Equal((false, true), (panorama.IsFisheye, panorama.IsPanorama));
    }

    [Fact]
    public void The_gimbal_tag_of_DJI_counts_from_the_horizon_whoever_writes_it()
    {
        PhotoMetadata photo = Read(new ExifFixture().Image(Make, "Somebody").Xmp("drone-dji:GimbalPitchDegree=\"-89.5\""));
        Assert.Equal(0.5, photo.Pitch!.Value, 1e-9);
    }

    [Fact]
    public void Roll_of_senseFly_changes_its_sign()
    {
        PhotoMetadata photo = Read(new ExifFixture().Image(Make, "senseFly").Xmp("Camera:Roll=\"3\" Camera:Pitch=\"4\" Camera:Yaw=\"5\""));
        Assert.Equal((-3.0, 4.0, 5.0), (photo.Roll, photo.Pitch, photo.Yaw));
    }

    [Theory]
    [InlineData("http://pix4d.com/camera/1.0")]
    [InlineData("http://pix4d.com/camera/1.0/")]
    [InlineData("http://example.org/a-third-spelling")]
    public void A_prefix_is_known_whatever_namespace_another_photo_gave_it_before(string cameraNamespace) =>
        Assert.Equal(5.0, Read(new ExifFixture().Xmp("Camera:Yaw=\"5\"", cameraNamespace)).Yaw);

    [Fact]
    public void The_equivalent_focal_length_goes_first() => Assert.Equal(
        20.0 / 36, Read(new ExifFixture().ExifShort(Focal35, 20).ExifRational(FocalLength, (99, 1)).ExifRational(FocalPlaneX, (1, 1))).FocalRatio);

    [Fact]
    public void The_focal_plane_gives_the_sensor_where_no_equivalent_is_known()
    {
        // 400 pixels at 100 per centimetre are 40 mm of sensor.
        PhotoMetadata photo = Read(new ExifFixture()
            .ExifRational(FocalLength, (20, 1)).ExifRational(FocalPlaneX, (100, 1)).ExifShort(FocalPlaneUnit, 3));
        Assert.Equal(0.5, photo.FocalRatio!.Value, 1e-12);
    }

    [Fact]
    public void Known_cameras_bring_their_sensor_width() => Assert.Equal(
        8.8 / 13.2,
        Read(new ExifFixture().Image(Make, "DJI").Image(Model, "FC6310").ExifRational(FocalLength, (88, 10))).FocalRatio!.Value,
        1e-12);

    [Fact]
    public void What_is_absent_stays_null()
    {
        PhotoMetadata photo = PhotoMetadataReader.Read("a.jpg", Jpeg);
        Assert.Null(photo.FocalRatio);
        Assert.False(photo.HasPosition);
        Assert.Null(photo.Altitude);
        Assert.Null(photo.Yaw);
        Assert.Null(photo.CaptureTime);
        Assert.Equal("unknown unknown 400 300 brown 0.85", CameraKey.Of(photo, "brown"));
    }

    [Fact]
    public void Time_is_taken_as_UTC_with_its_fraction() => Assert.Equal(
        1466699519.25, Read(new ExifFixture().Exif(DateTimeOriginal, "2016:06:23 16:31:59").Exif(Subsecond, "25")).CaptureTime!.Value, 1e-6);

    [Fact]
    public void A_position_of_zero_zero_is_no_fix()
    {
        PhotoMetadata photo = Read(new ExifFixture()
            .Gps(1, "N").GpsRational(2, (0, 1), (0, 1), (0, 1)).Gps(3, "E").GpsRational(4, (0, 1), (0, 1), (0, 1)));
        Assert.False(photo.HasPosition);
        Assert.Contains(photo.Warnings, warning => warning.Contains("no fix", StringComparison.Ordinal));
    }

    [Fact]
    public void Division_by_zero_and_NaN_are_damage_not_numbers()
    {
        PhotoMetadata photo = Read(new ExifFixture()
            .Gps(1, "N").GpsRational(2, (46, 0), (0, 0), (0, 0)).Gps(3, "E").GpsRational(4, (9, 1), (0, 1), (0, 1))
            .GpsRational(6, (5, 0))
            .ExifRational(FocalLength, (0, 0))
            .ExifShort(Focal35, 0)
            .Xmp("drone-dji:AbsoluteAltitude=\"NaN\" drone-dji:FlightYawDegree=\"not a number\""));
        Assert.False(photo.HasPosition);
        Assert.Null(photo.Altitude);
        Assert.Null(photo.FocalRatio);
        Assert.Null(photo.Yaw);
        Assert.NotEmpty(photo.Warnings);
    }

    [Fact]
    public void Any_damage_of_the_segments_gives_a_value_or_a_warning()
    {
        byte[] good = WithPosition(new ExifFixture().Image(Make, "DJI").ExifShort(Focal35, 20))
            .Xmp("drone-dji:Latitude=\"+12.5\" drone-dji:Longitude=\"-3.25\"").InJpeg(Jpeg);
        var random = new Random(2);
        for (int round = 0; round < 300; round++)
        {
            byte[] file = [.. good];
            for (int i = 0; i < 6; i++)
            {
                // Behind the start marker and before the picture.
                file[random.Next(4, good.Length - Jpeg.Length)] = (byte)random.Next(256);
            }

            try
            {
                PhotoMetadata photo = PhotoMetadataReader.Read("a.jpg", file);
                Assert.True(photo.Latitude is null or (>= -90 and <= 90));
            }
            catch (OdmException exception)
            {
                Assert.Equal(ErrorKind.BadInput, exception.Kind);
            }
        }
    }

    [Theory]
    [InlineData("DJI", "FC300S", "dji fc300s 400 300 brown 0.5555")]
    [InlineData("Canon", "Canon PowerShot S100", "canon powershot s100 400 300 brown 0.5555")]
    [InlineData(" SONY ", "ILCE-7R\0\0", "sony ilce-7r 400 300 brown 0.5555")]
    public void The_camera_id_is_that_of_ODM(string make, string model, string expected) => Assert.Equal(
        expected, CameraKey.Of(Read(new ExifFixture().Image(Make, make).Image(Model, model).ExifShort(Focal35, 20)), "brown"));
}
