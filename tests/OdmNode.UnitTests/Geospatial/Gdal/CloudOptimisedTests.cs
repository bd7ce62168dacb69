using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Gdal;
using OdmNode.Scene.Model;
using OdmNode.Testing.Products;

namespace OdmNode.UnitTests.Geospatial.Gdal;

/// <summary>What readers over HTTP rely on: the places of directories and blocks in a file with <c>cog</c>.</summary>
public sealed class CloudOptimisedTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    [Theory]
    [InlineData(RasterCompression.Deflate)]
    [InlineData(RasterCompression.Lzw)]
    [InlineData(RasterCompression.None)]
    public void Directories_come_first_and_blocks_from_the_coarsest_image(RasterCompression compression)
    {
        OrthoSample.Write(folder["ortho.tif"], new GeoTiffOptions { CloudOptimised = true, Compression = compression });
        AssertLayout(folder["ortho.tif"]);
    }

    [Fact]
    public void Heights_are_laid_out_alike()
    {
        WriteHeights(folder["dsm.tif"], (x, y) => x + (0.5f * y));
        AssertLayout(folder["dsm.tif"]);
    }

    [Fact]
    public void Overviews_of_colours_are_means_of_what_they_reduce()
    {
        OrthoSample.Write(folder["ortho.tif"], new GeoTiffOptions { CloudOptimised = true });
        byte[] reduced = Overview(folder["ortho.tif"], "Byte");
        int width = OrthoSample.Grid.Width / 2;
        for (int i = 0; i < reduced.Length / 4; i++)
        {
            (int x, int y) = (2 * (i % width), 2 * (i / width));
            byte[][] four = [OrthoSample.ColorAt(x, y), OrthoSample.ColorAt(x + 1, y), OrthoSample.ColorAt(x, y + 1), OrthoSample.ColorAt(x + 1, y + 1)];
            byte[][] known = [.. four.Where(color => color[3] != 0)];
            for (int channel = 0; channel < 3 && known.Length > 0; channel++)
            {
                double mean = known.Average(color => (double)color[channel]);
                if (Math.Abs(reduced[(4 * i) + channel] - mean) > 1)
                {
                    Assert.Fail($"channel {channel} at {x}, {y}: {reduced[(4 * i) + channel]}, not {mean}");
                }
            }

            if (known.Length is 0 or 4)
            {
                Assert.Equal(known.Length == 0 ? 0 : byte.MaxValue, reduced[(4 * i) + 3]);
            }
        }
    }

    [Fact]
    public void Overviews_of_heights_are_means_of_known_heights()
    {
        static float HeightAt(int x, int y) => (x + y) % 7 == 0 ? float.NaN : 100 + (0.25f * x) + ((y % 5) * 2);
        WriteHeights(folder["dsm.tif"], HeightAt);
        float[] reduced = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(Overview(folder["dsm.tif"], "Float32")).ToArray();
        int width = OrthoSample.Grid.Width / 2;
        for (int i = 0; i < reduced.Length; i++)
        {
            (int x, int y) = (2 * (i % width), 2 * (i / width));
            float[] four = [HeightAt(x, y), HeightAt(x + 1, y), HeightAt(x, y + 1), HeightAt(x + 1, y + 1)];
            float mean = four.Where(float.IsFinite).Average();
            if (Math.Abs(reduced[i] - mean) > 0.001f)
            {
                Assert.Fail($"{x}, {y}: {reduced[i]}, not {mean}");
            }
        }
    }

    public void Dispose() => folder.Dispose();

    /// <summary>The rules of GDAL's validator for cloud-optimised files, which WebODM applies.</summary>
    private static void AssertLayout(string path)
    {
        TiffLayout layout = TiffLayout.Read(path);
        string[] promises =
        [
            "LAYOUT=IFDS_BEFORE_DATA", "BLOCK_ORDER=ROW_MAJOR", "BLOCK_LEADER=SIZE_AS_UINT4", "BLOCK_TRAILER=LAST_4_BYTES_REPEATED",
            "KNOWN_INCOMPATIBLE_EDITION=NO",
        ];
        Assert.All(promises, promise => Assert.Contains(promise, layout.StructuralMetadata, StringComparison.Ordinal));

        Assert.Equal([1300, 650, 325], layout.Images.Select(image => image.Width));
        Assert.Equal([false, true, true], layout.Images.Select(image => image.IsReduced));
        Assert.All(layout.Images, image => Assert.Equal(512, image.BlockWidth));
        Assert.Equal(layout.Images.Select(image => image.Place).Order(), layout.Images.Select(image => image.Place));

        long end = layout.Images[^1].Place;
        foreach (TiffImage image in layout.Images.Reverse())
        {
            for (int i = 0; i < image.BlockOffsets.Count; i++)
            {
                (long offset, long length) = (image.BlockOffsets[i], image.BlockLengths[i]);
                if (offset == 0)
                {
                    // A block without any colour is left out.
                    continue;
                }

                Assert.True(offset > end, $"a block of the image of {image.Width} columns lies before what it should follow");
                Assert.Equal(length, layout.U32(offset - 4));
                Assert.Equal(layout.U32(offset + length - 4), layout.U32(offset + length));
                end = offset + length;
            }
        }
    }

    private static void WriteHeights(string path, Func<int, int, float> heightAt)
    {
        GroundGrid grid = OrthoSample.Grid;
        using var writer = GeoTiffWriter.CreateElevation(path, grid, new GeoTiffOptions { EpsgCode = OrthoSample.Epsg, CloudOptimised = true });
        foreach (GroundTile tile in grid.Tiles(512))
        {
            float[] heights = new float[tile.Width * tile.Height];
            for (int i = 0; i < heights.Length; i++)
            {
                heights[i] = heightAt(tile.X + (i % tile.Width), tile.Y + (i / tile.Width));
            }

            writer.Write(new ElevationTile(tile, heights, new CellOrigin[heights.Length]));
        }

        writer.Complete(CancellationToken.None);
    }

    /// <summary>All bands of the first overview, interleaved by cell, as GDAL's own program reads them.</summary>
    private byte[] Overview(string path, string type)
    {
        string raw = folder["overview.bin"];
        ExternalTool.Run("gdal_translate", "-q", "-of", "ENVI", "-co", "INTERLEAVE=BIP", "-ot", type, "-oo", "OVERVIEW_LEVEL=0", path, raw);
        return File.ReadAllBytes(raw);
    }
}
