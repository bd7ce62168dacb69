using OdmNode.WebOdm.Tiles;

namespace OdmNode.UnitTests.WebOdm.Tiles;

public sealed class TileCacheTests
{
    private static readonly RasterFile File = new("/results-1/ortho.tif", 1000, 1);

    [Fact]
    public void The_tile_that_was_not_used_for_longest_makes_room()
    {
        var cache = new TileCache(4000);
        cache.Keep(File, At(1), Image(1000));
        cache.Keep(File, At(2), Image(1000));
        cache.Keep(File, At(3), Image(1000));
        Assert.NotNull(cache.Find(File, At(1)));
        cache.Keep(File, At(4), Image(1000));

        Assert.NotNull(cache.Find(File, At(1)));
        Assert.Null(cache.Find(File, At(2)));
        Assert.NotNull(cache.Find(File, At(4)));
        Assert.InRange(cache.Size, 3000, 4000);
    }

    [Fact]
    public void A_tile_larger_than_the_cache_is_not_kept_and_one_kept_twice_counts_once()
    {
        var cache = new TileCache(4000);
        cache.Keep(File, At(1), Image(5000));
        Assert.Null(cache.Find(File, At(1)));
        Assert.Equal(0, cache.Size);

        cache.Keep(File, At(2), Image(1000));
        long size = cache.Size;
        cache.Keep(File, At(2), Image(1000));
        Assert.Equal(size, cache.Size);
    }

    [Fact]
    public void Another_state_of_the_file_and_another_form_are_other_tiles()
    {
        var cache = new TileCache(4000);
        cache.Keep(File, At(1), Image(1000));
        Assert.Null(cache.Find(File with { Modified = 2 }, At(1)));
        Assert.Null(cache.Find(File, At(1) with { Size = 512 }));
        Assert.Null(cache.Find(File, At(1) with { Format = null }));
    }

    private static TileRequest At(int column) => new(18, column, 0, 256, TileFormat.Png, TakesWebp: false);

    private static TileImage Image(int bytes) => new(new byte[bytes], TileFormat.Png);
}
