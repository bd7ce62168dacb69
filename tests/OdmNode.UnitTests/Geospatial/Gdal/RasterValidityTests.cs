using System.Globalization;
using System.Text.Json;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Gdal;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Scene.Model;
using OdmNode.Testing.Products;

namespace OdmNode.UnitTests.Geospatial.Gdal;

/// <summary>Rasters as GDAL's own programs see them: its validator of cloud-optimised files, and gdalinfo.</summary>
public class RasterValidityTests
{
    private static readonly GroundGrid Grid = new(500000.5, 4100000, 0.25, 1500, 1100);

    public static TheoryData<RasterCompression> Compressions => [.. Enum.GetValues<RasterCompression>()];

    [Theory]
    [MemberData(nameof(Compressions))]
    public void Heights_are_a_valid_cloud_optimised_file_with_every_compression(RasterCompression compression)
    {
        using var folder = new ScratchFolder();
        string path = folder["dsm.tif"];
        WriteHeights(path, new GeoTiffOptions { EpsgCode = 32715, CloudOptimised = true, Compression = compression });
        AssertValid(path);
        JsonElement info = InfoOf(path);
        JsonElement image = info.GetProperty("metadata").GetProperty("IMAGE_STRUCTURE");
        Assert.Equal("COG", image.GetProperty("LAYOUT").GetString());
        string expected = compression is RasterCompression.Jpeg ? "DEFLATE" : compression.ToString().ToUpperInvariant();
        Assert.Equal(expected, image.TryGetProperty("COMPRESSION", out JsonElement name) ? name.GetString() : "NONE");
        AssertBand(info.GetProperty("bands")[0]);
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void Colours_are_a_valid_cloud_optimised_file_with_every_compression(RasterCompression compression)
    {
        using var folder = new ScratchFolder();
        string path = folder["ortho.tif"];
        using (var writer = GeoTiffWriter.CreateRgba(
            path, Grid, new GeoTiffOptions { EpsgCode = 32715, CloudOptimised = true, Compression = compression }))
        {
            foreach (GroundTile tile in Grid.Tiles(512))
            {
                byte[] pixels = new byte[4 * tile.Width * tile.Height];
                Array.Fill(pixels, (byte)200);
                writer.Write(new RgbaTile(tile, pixels));
            }

            writer.Complete(CancellationToken.None);
        }

        AssertValid(path);
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void Heights_that_need_not_be_cloud_optimised_are_tiled_and_have_overviews_too(RasterCompression compression)
    {
        using var folder = new ScratchFolder();
        string path = folder["dtm.tif"];
        WriteHeights(path, new GeoTiffOptions { EpsgCode = 32715, Compression = compression });
        AssertBand(InfoOf(path).GetProperty("bands")[0]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Overviews_are_means_of_the_known_heights(bool cloudOptimised)
    {
        using var folder = new ScratchFolder();
        string path = folder["dsm.tif"];
        WriteHeights(path, new GeoTiffOptions { EpsgCode = 32715, CloudOptimised = cloudOptimised });
        foreach (int x in (int[])[400, 1022])
        {
            // Of the second of these cells a half is unknown: the nodata value must not be mixed in.
            string said = ExternalTool.Run("gdallocationinfo", "-overview", "1", "-valonly", path, $"{x}", "300");
            Assert.Equal(MeanOfKnown(x, 300), double.Parse(said, CultureInfo.InvariantCulture), 1e-3);
        }
    }

    private static void AssertBand(JsonElement band)
    {
        Assert.Equal("Float32", band.GetProperty("type").GetString());
        Assert.Equal([512, 512], band.GetProperty("block").EnumerateArray().Select(edge => edge.GetInt32()));
        Assert.Equal(-9999, band.GetProperty("noDataValue").GetDouble());
        Assert.Equal(
            ["750,550", "375,275"],
            band.GetProperty("overviews").EnumerateArray().Select(overview => string.Join(',', overview.GetProperty("size").EnumerateArray())));
    }

    /// <summary>GDAL's validator, warnings being failures.</summary>
    private static void AssertValid(string path)
    {
        string said = ExternalTool.Run("/usr/bin/python3", "-m", "osgeo_utils.samples.validate_cloud_optimized_geotiff", "--full-check=yes", path);
        Assert.Contains("is a valid cloud optimized GeoTIFF", said, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", said, StringComparison.OrdinalIgnoreCase);
    }

    private static JsonElement InfoOf(string path) => JsonDocument.Parse(ExternalTool.Run("gdalinfo", "-json", path)).RootElement;

    private static void WriteHeights(string path, GeoTiffOptions options)
    {
        using var writer = GeoTiffWriter.CreateElevation(path, Grid, options);
        foreach (GroundTile tile in Grid.Tiles(512))
        {
            float[] heights = new float[tile.Width * tile.Height];
            for (int i = 0; i < heights.Length; i++)
            {
                heights[i] = HeightAt(tile.X + (i % tile.Width), tile.Y + (i / tile.Width));
            }

            writer.Write(new ElevationTile(tile, heights, new CellOrigin[heights.Length]));
        }

        writer.Complete(CancellationToken.None);
    }

    /// <summary>A slope that ends, in the middle of an overview's cell, at a column from which on nothing is known.</summary>
    private static float HeightAt(int x, int y) => x >= 1023 ? float.NaN : 431 + (0.125f * x) + (0.25f * y);

    private static double MeanOfKnown(int x, int y) => ((float[])[HeightAt(x, y), HeightAt(x + 1, y), HeightAt(x, y + 1), HeightAt(x + 1, y + 1)])
        .Where(float.IsFinite).Average();
}
