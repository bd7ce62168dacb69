using OdmNode.Core.Errors;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Gdal;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Geospatial.Gdal;

/// <summary>What is written is read back by GDAL itself.</summary>
public class GeoTiffWriterTests
{
    private static readonly GroundGrid Grid = new(500000.5, 4100000, 0.25, 1500, 1100);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_orthophoto_keeps_its_place_colours_and_names(bool cloudOptimised)
    {
        using var folder = new ScratchFolder();
        string path = folder["ortho.tif"];
        WriteOrthophoto(path, new GeoTiffOptions { EpsgCode = 32715, CloudOptimised = cloudOptimised });

        using RasterReader reader = RasterReader.Open(path);
        Assert.Equal(["ortho.tif"], folder.Files());
        Assert.Equal((1500, 1100, 4), (reader.Width, reader.Height, reader.Bands));
        Assert.Equal([500000.5, 0.25, 0, 4100000, 0, -0.25], reader.GeoTransform!);
        Assert.Equal(32715, reader.EpsgCode);
        Assert.Equal("OdmNode", reader.Metadata("TIFFTAG_SOFTWARE"));
        Assert.Equal(["red", "green", "blue", "alpha"], Enumerable.Range(1, 4).Select(reader.BandName));
        Assert.Equal([false, false, false, true], Enumerable.Range(1, 4).Select(reader.IsAlpha));
        Assert.Equal(2, reader.Overviews);
        Assert.Equal(ColorAt(1299, 1050), reader.ReadBytes(1299, 1050, 1, 1));
    }

    [Fact]
    public void Heights_come_back_exactly_and_unknown_ones_as_nodata()
    {
        using var folder = new ScratchFolder();
        string path = folder["dsm.tif"];
        var grid = new GroundGrid(0, 100, 0.5, 40, 30);
        GroundTile tile = grid.Tiles(512)[0];
        float[] heights = [.. Enumerable.Range(0, 1200).Select(i => i == 7 ? float.NaN : 431.123f + (i * 0.37f))];
        using (var writer = GeoTiffWriter.CreateElevation(path, grid, new GeoTiffOptions()))
        {
            writer.Write(new ElevationTile(tile, heights, new CellOrigin[1200]));
            writer.Complete(CancellationToken.None);
        }

        using RasterReader reader = RasterReader.Open(path);
        Assert.Equal(-9999, reader.NoData);
        Assert.Null(reader.EpsgCode);
        heights[7] = -9999;
        Assert.Equal(heights, reader.ReadFloats(0, 0, 40, 30));
    }

    [Fact]
    public void The_bytes_do_not_depend_on_the_number_of_threads()
    {
        using var folder = new ScratchFolder();
        WriteOrthophoto(folder["one.tif"], new GeoTiffOptions { EpsgCode = 32715, Threads = 1, CloudOptimised = true });
        WriteOrthophoto(folder["three.tif"], new GeoTiffOptions { EpsgCode = 32715, Threads = 3, CloudOptimised = true });
        WriteOrthophoto(folder["plain-one.tif"], new GeoTiffOptions { Threads = 1 });
        WriteOrthophoto(folder["plain-three.tif"], new GeoTiffOptions { Threads = 3 });
        Assert.Equal(File.ReadAllBytes(folder["one.tif"]), File.ReadAllBytes(folder["three.tif"]));
        Assert.Equal(File.ReadAllBytes(folder["plain-one.tif"]), File.ReadAllBytes(folder["plain-three.tif"]));
    }

    [Fact]
    public void A_raster_that_is_not_completed_leaves_no_file()
    {
        using var folder = new ScratchFolder();
        using (var writer = GeoTiffWriter.CreateRgba(folder["ortho.tif"], Grid, new GeoTiffOptions()))
        {
            writer.Write(TileOf(Grid.Tiles(512)[0]));
        }

        Assert.Empty(folder.Files());
    }

    [Fact]
    public void A_place_that_cannot_be_written_to_is_a_storage_failure_with_the_reason()
    {
        var failure = Assert.Throws<OdmException>(() => GeoTiffWriter.CreateRgba("/proc/none/ortho.tif", Grid, new GeoTiffOptions()));
        Assert.Equal(ErrorKind.Storage, failure.Kind);
        Assert.Contains("ortho.tif", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_world_file_gives_the_centre_of_the_first_cell() => Assert.Equal(
        "0.2500000000\n0.0000000000\n0.0000000000\n-0.2500000000\n500000.6250000000\n4099999.8750000000\n", WorldFile.Text(Grid));

    private static void WriteOrthophoto(string path, GeoTiffOptions options)
    {
        using var writer = GeoTiffWriter.CreateRgba(path, Grid, options);
        foreach (GroundTile tile in Grid.Tiles(512))
        {
            writer.Write(TileOf(tile));
        }

        writer.Complete(CancellationToken.None);
    }

    private static RgbaTile TileOf(GroundTile tile)
    {
        byte[] pixels = new byte[4 * tile.Width * tile.Height];
        for (int i = 0; i < tile.Width * tile.Height; i++)
        {
            ColorAt(tile.X + (i % tile.Width), tile.Y + (i / tile.Width)).CopyTo(pixels, 4 * i);
        }

        return new RgbaTile(tile, pixels);
    }

    private static byte[] ColorAt(int x, int y) => [(byte)(x * 7), (byte)(y * 5), (byte)((x * y) >> 4), 255];
}
