using OdmNode.Imaging.Metadata;

namespace OdmNode.UnitTests.Imaging;

public class ReadoutTableTests
{
    [Theory]
    [InlineData("DJI", "FC6310", 5472, 3648, 33)]
    [InlineData("DJI", "FC220", 4000, 3000, 64)]
    [InlineData("DJI", "FC3582", 4032, 3024, 26)]
    [InlineData("DJI", "FC3582", 8064, 6048, 60)]
    [InlineData("DJI", "FC7203", 4000, 2250, 19)]
    [InlineData("DJI", "FC7203", 4000, 3000, 25)]
    [InlineData("DJI", "FC8482", 4032, 2268, 16)]
    [InlineData("DJI", "FC8482", 4032, 3024, 21)]
    [InlineData("DJI", "FC8482", 8064, 4536, 43)]
    [InlineData("DJI", "FC8482", 8064, 6048, 58)]
    [InlineData("Hasselblad", "L1D-20c", 5472, 3078, 47)]
    [InlineData("Hasselblad", "L1D-20c", 5472, 3648, 56)]
    [InlineData("Hasselblad", "L2D-20c", 5280, 3956, 16.6)]
    [InlineData("Autel Robotics", "XT701", 7680, 4320, 25)]
    [InlineData("Parrot", "Anafi", 4608, 3456, 39)]
    [InlineData("GoPro", "GoPro HERO8 Black", 4000, 3000, 17)]
    public void A_camera_reads_a_photo_of_a_size_in_the_time_of_the_table(string make, string model, int width, int height, double milliseconds) =>
        Assert.Equal(milliseconds, ReadoutTable.MillisecondsOf(Photo(make, model, width, height)));

    [Theory]
    [InlineData("DJI", "FC9999")]
    [InlineData(null, null)]
    [InlineData("Somebody", "FC6310")]
    public void A_camera_that_is_not_listed_has_no_time(string? make, string? model) =>
        Assert.Null(ReadoutTable.MillisecondsOf(Photo(make, model, 4000, 3000)));

    private static PhotoMetadata Photo(string? make, string? model, int width, int height) =>
        new() { ImageName = "a.jpg", Width = width, Height = height, Make = make, Model = model };
}
