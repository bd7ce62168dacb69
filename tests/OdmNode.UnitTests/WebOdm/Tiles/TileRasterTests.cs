using OdmNode.WebOdm.Tiles;

namespace OdmNode.UnitTests.WebOdm.Tiles;

public sealed class TileRasterTests
{
    private const double World = 2 * Math.PI * 6378137;

    /// <summary>The first is the contract's own example: 212 pixels, maximum 18.</summary>
    [Theory]
    [InlineData(212, 18.0, 15, 21, 21)]
    [InlineData(256, 18.4, 15, 21, 21)]
    [InlineData(258, 18.0, 14, 21, 21)]
    [InlineData(20_000, 22.6, 13, 26, 26)]
    [InlineData(100, 1.0, 0, 4, 21)]
    [InlineData(100, 29.0, 26, 28, 28)]
    public void Zooms_follow_from_cells_and_sides(int pixels, double zoom, int least, int most, int seedMost)
    {
        double cell = World / 256 / Math.Pow(2, zoom);
        double side = pixels * cell / World;
        var raster = new TileRaster(new RasterFile("/ortho.tif", 1, 1), new WorldBox(0.2, 0.3, 0.2 + (1.5 * side), 0.3 + side), cell);

        Assert.Equal((least, most, seedMost), (raster.LeastZoom, raster.MostZoom, raster.SeedMost));
    }

    /// <summary>Longitude -91.994, latitude 46.8426 at zoom 16: the contract's own check.</summary>
    [Fact]
    public void A_box_meets_the_tiles_that_it_lies_in_and_none_that_it_touches()
    {
        double x = (-91.994 + 180) / 360;
        double y = (1 - (Math.Asinh(Math.Tan(46.8426 * Math.PI / 180)) / Math.PI)) / 2;
        var box = new WorldBox(x, y, x + 1e-7, y + 1e-7);
        Assert.True(box.Meets(16, 16021, 23092));
        Assert.False(box.Meets(16, 16022, 23092));
        Assert.Equal(-91.994, box.Degrees[0], 1e-9);
        Assert.Equal(46.8426, box.Degrees[3], 1e-9);

        var quarter = new WorldBox(0.25, 0.25, 0.5, 0.5);
        Assert.True(quarter.Meets(2, 1, 1));
        Assert.False(quarter.Meets(2, 2, 1));
        Assert.False(quarter.Meets(2, 1, 0));
    }

    [Fact]
    public void A_box_across_the_antimeridian_ends_at_it() => Assert.Equal(180, new WorldBox(0.99, 0.4, 1.01, 0.5).Degrees[2]);
}
