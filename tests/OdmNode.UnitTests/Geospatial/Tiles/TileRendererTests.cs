using System.Globalization;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Gdal;
using OdmNode.Geospatial.Tiles;
using OdmNode.Scene.Model;
using OdmNode.Testing.Products;
using OdmNode.UnitTests.Geospatial.Gdal;

namespace OdmNode.UnitTests.Geospatial.Tiles;

/// <summary>Tiles beside what GDAL's own program makes of the same raster.</summary>
public sealed class TileRendererTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    /// <summary>Enlarged, at about the raster's own size, reduced by overviews, and smaller than the last overview.</summary>
    [Theory]
    [InlineData(21, RasterCompression.Deflate, 1)]
    [InlineData(19, RasterCompression.Deflate, 1)]
    [InlineData(18, RasterCompression.Deflate, 1)]
    [InlineData(18, RasterCompression.Jpeg, 1)]
    [InlineData(15, RasterCompression.Deflate, 3)]
    public void A_tile_is_what_gdalwarp_makes_of_the_same_raster(int zoom, RasterCompression compression, double tolerance)
    {
        using TileRenderer renderer = Open(new GeoTiffOptions { CloudOptimised = true, Compression = compression });
        TileAddress address = Middle(renderer, zoom);
        TilePicture? tile = renderer.Render(address, 256);
        byte[] warped = Warp(address);
        Assert.NotNull(tile);
        double difference = 0;
        int both = 0;
        int onlyOne = 0;
        for (int i = 0; i < tile.Pixels.Length; i += 4)
        {
            bool isSolid = tile.Pixels[i + 3] == byte.MaxValue && warped[i + 3] == byte.MaxValue;
            onlyOne += (tile.Pixels[i + 3] >= 128) != (warped[i + 3] >= 128) ? 1 : 0;
            for (int channel = 0; channel < 3 && isSolid; channel++)
            {
                difference += Math.Abs(tile.Pixels[i + channel] - warped[i + channel]);
                both++;
            }
        }

        // The picture's waves change by up to 8 levels per cell, and a pixel of zoom 15 is 13 cells: a place wrong by half a pixel would
        // be a mean of more than 1.5, there of more than 15.
        Assert.True(both > 100, "nothing was compared");
        Assert.True(difference / both < tolerance, FormattableString.Invariant($"mean difference {difference / both:F2}"));
        // Along borders the two may round an edge of half a pixel to either side.
        Assert.True(onlyOne < 300, $"{onlyOne} pixels are opaque in one of both");
    }

    [Theory]
    [InlineData(20)]
    [InlineData(18)]
    [InlineData(16)]
    public void Four_tiles_fit_together_as_the_sharper_tile_above_them(int zoom)
    {
        using TileRenderer renderer = Open(new GeoTiffOptions { CloudOptimised = true });
        AssertChildrenFit(renderer, Middle(renderer, zoom));
    }

    [Fact]
    public void Lit_heights_fit_together_too_and_are_left_out_where_unknown()
    {
        WriteHeights(folder["dsm.tif"]);
        using TileRenderer renderer = TileRenderer.Open(folder["dsm.tif"]);
        AssertChildrenFit(renderer, Middle(renderer, 18));
        TileAddress corner = TileAddress.Holding(renderer.Bounds.West + 30, renderer.Bounds.North - 30, 20);
        TilePicture? tile = renderer.Render(corner, 256);
        Assert.NotNull(tile);
        int clear = Enumerable.Range(0, 256 * 256).Count(i => tile.Pixels[(4 * i) + 3] == 0);
        Assert.InRange(clear, 256, 256 * 255);
    }

    [Fact]
    public void Slopes_are_bright_towards_the_north_west()
    {
        WriteHeights(folder["dsm.tif"]);
        using TileRenderer renderer = TileRenderer.Open(folder["dsm.tif"]);
        // The hill of the sample is round: the same height, and so the same colour, on all of its sides.
        double x = (renderer.Bounds.West + renderer.Bounds.East) / 2;
        double y = (renderer.Bounds.South + renderer.Bounds.North) / 2;
        Assert.True(Brightness(renderer, x - 40, y + 40) > 1.5 * Brightness(renderer, x + 40, y - 40));
        Assert.Equal(Brightness(renderer, x - 40, y - 40), Brightness(renderer, x + 40, y + 40), 0.1 * Brightness(renderer, x - 40, y - 40));
    }

    [Fact]
    public void There_is_no_tile_where_the_raster_shows_nothing()
    {
        using TileRenderer renderer = Open(new GeoTiffOptions());
        var beside = TileAddress.Holding(renderer.Bounds.East + 500, renderer.Bounds.North, 20);
        // The upper left corner of the sample has no colour.
        var clear = TileAddress.Holding(renderer.Bounds.West + 20, renderer.Bounds.North - 20, 22);
        Assert.Null(renderer.Render(beside, 256));
        Assert.Null(renderer.Render(clear, 256));
        Assert.NotNull(renderer.Render(Middle(renderer, 13), 256));
    }

    /// <summary>In the middle of a zone, at 80° north, and beside the antimeridian.</summary>
    [Theory]
    [InlineData(32615, 576649, 5188215)]
    [InlineData(32633, 430000, 8890000)]
    [InlineData(32701, 170000, 8100000)]
    public void Every_zoom_can_be_asked_for(int epsg, double west, double north)
    {
        OrthoSample.Write(folder["ortho.tif"], new GeoTiffOptions { EpsgCode = epsg }, OrthoSample.Grid with { West = west, North = north });
        using TileRenderer renderer = TileRenderer.Open(folder["ortho.tif"]);
        for (int zoom = 0; zoom <= 24; zoom++)
        {
            TileAddress address = Middle(renderer, zoom);
            TilePicture? tile = renderer.Render(address, 256);
            Assert.True(tile is not null || zoom < 9, $"nothing is seen at zoom {zoom}");
        }
    }

    [Fact]
    public void A_raster_across_the_antimeridian_is_not_as_wide_as_the_world()
    {
        Vector3D edge = new UtmZone(1, false).FromGeodetic(new GeodeticPosition(-17, -180, 0));
        GroundGrid grid = OrthoSample.Grid with { West = edge.X - 150, North = edge.Y };
        OrthoSample.Write(folder["ortho.tif"], new GeoTiffOptions { EpsgCode = 32701 }, grid);
        using TileRenderer renderer = TileRenderer.Open(folder["ortho.tif"]);
        Assert.InRange(renderer.Bounds.East - renderer.Bounds.West, 300, 400);
        Assert.Contains(TileBlock.Covering(renderer.Bounds, 19, 8).SelectMany(block => block.Tiles()), tile => renderer.Render(tile, 256) is not null);
    }

    [Fact]
    public void Blocks_cover_each_tile_of_a_raster_once()
    {
        var box = new MercatorBox(-10240808, 5916335, -10240000, 5917000);
        TileAddress[] tiles = [.. TileBlock.Covering(box, 19, 8).SelectMany(block => block.Tiles())];
        var first = TileAddress.Holding(box.West, box.North, 19);
        var last = TileAddress.Holding(box.East, box.South, 19);
        Assert.All(TileBlock.Covering(box, 19, 8), block => Assert.InRange(block.Count, 1, 64));
        Assert.Equal((last.Column - first.Column + 1) * (last.Row - first.Row + 1), tiles.Distinct().Count());
        Assert.Equal(tiles.Length, tiles.Distinct().Count());
        Assert.Equal((1 << 19) - 1, first.Row + first.TmsRow);
    }

    public void Dispose() => folder.Dispose();

    private static TileAddress Middle(TileRenderer renderer, int zoom) => TileAddress.Holding(
        (renderer.Bounds.West + renderer.Bounds.East) / 2, (renderer.Bounds.South + renderer.Bounds.North) / 2, zoom);

    private static double Brightness(TileRenderer renderer, double x, double y)
    {
        var address = TileAddress.Holding(x, y, 20);
        byte[] pixels = renderer.Render(address, 256)!.Pixels;
        int column = (int)((x - address.Box.West) / address.Side * 256);
        int row = (int)((address.Box.North - y) / address.Side * 256);
        return pixels.AsSpan(4 * ((row * 256) + column), 3).ToArray().Sum(value => (double)value);
    }

    private static void AssertChildrenFit(TileRenderer renderer, TileAddress address)
    {
        byte[] sharp = renderer.Render(address, 512)!.Pixels;
        int worst = 0;
        for (int child = 0; child < 4; child++)
        {
            (int right, int below) = (child % 2, child / 2);
            var part = new TileAddress(address.Zoom + 1, (2 * address.Column) + right, (2 * address.Row) + below);
            byte[] pixels = renderer.Render(part, 256)?.Pixels ?? new byte[4 * 256 * 256];
            for (int i = 0; i < pixels.Length; i++)
            {
                (int x, int y) = ((i / 4 % 256) + (256 * right), (i / 4 / 256) + (256 * below));
                worst = Math.Max(worst, Math.Abs(pixels[i] - sharp[(4 * ((512 * y) + x)) + (i % 4)]));
            }
        }

        Assert.True(worst <= 2, $"the tiles differ by up to {worst} levels");
    }

    private TileRenderer Open(GeoTiffOptions options)
    {
        OrthoSample.Write(folder["ortho.tif"], options);
        return TileRenderer.Open(folder["ortho.tif"]);
    }

    private byte[] Warp(TileAddress address)
    {
        MercatorBox box = address.Box;
        double[] extent = [box.West, box.South, box.East, box.North];
        string[] place = [.. extent.Select(value => value.ToString("R", CultureInfo.InvariantCulture))];
        ExternalTool.Run(
            "gdalwarp", "-q", "-t_srs", "EPSG:3857", "-te", place[0], place[1], place[2], place[3], "-ts", "256", "256", "-r", "bilinear", "-et", "0.01",
            "-dstalpha", folder["ortho.tif"], folder["warped.tif"]);
        ExternalTool.Run("gdal_translate", "-q", "-of", "ENVI", "-co", "INTERLEAVE=BIP", folder["warped.tif"], folder["warped.bin"]);
        return File.ReadAllBytes(folder["warped.bin"]);
    }

    /// <summary>A round hill; nothing is known in the corners.</summary>
    private static void WriteHeights(string path)
    {
        GroundGrid grid = OrthoSample.Grid;
        using var writer = GeoTiffWriter.CreateElevation(path, grid, new GeoTiffOptions { EpsgCode = OrthoSample.Epsg, CloudOptimised = true });
        foreach (GroundTile tile in grid.Tiles(512))
        {
            float[] heights = new float[tile.Width * tile.Height];
            for (int i = 0; i < heights.Length; i++)
            {
                double x = tile.X + (i % tile.Width) - (grid.Width / 2.0);
                double y = tile.Y + (i / tile.Width) - (grid.Height / 2.0);
                double radius = Math.Sqrt((x * x) + (y * y));
                heights[i] = radius > 750 ? float.NaN : (float)(200 + (60 * Math.Exp(-radius * radius / (250 * 250))));
            }

            writer.Write(new ElevationTile(tile, heights, new CellOrigin[heights.Length]));
        }

        writer.Complete(CancellationToken.None);
    }
}
