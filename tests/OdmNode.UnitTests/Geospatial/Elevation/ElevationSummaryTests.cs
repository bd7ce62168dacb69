using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Gdal;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Geospatial.Elevation;

public sealed class ElevationSummaryTests
{
    private const int Width = 700;
    private const int Height = 600;

    [Fact]
    public void Heights_are_summed_up_and_unknown_ones_left_out()
    {
        using var folder = new ScratchFolder();
        (float[] heights, CellOrigin[] origins) = Write(folder["dsm.tif"], folder["origin.tif"]);
        ElevationSummary summary = ElevationSummary.Of(folder["dsm.tif"], folder["origin.tif"], CancellationToken.None);
        double[] known = [.. heights.Where(float.IsFinite).Select(height => (double)height)];
        double mean = known.Average();
        Assert.Equal(known.Length, summary.Cells);
        Assert.Equal(origins.Count(origin => origin == CellOrigin.Measured), summary.Measured);
        Assert.Equal(origins.Count(origin => origin == CellOrigin.Filled), summary.Filled);
        Assert.Equal(known.Min(), summary.Lowest);
        Assert.Equal(known.Max(), summary.Highest);
        Assert.Equal(mean, summary.Mean, 6);
        // On a mountain of 4000 m, digits of a naive sum of squares would be gone.
        Assert.Equal(Math.Sqrt(known.Average(height => (height - mean) * (height - mean))), summary.Deviation, 6);
        Assert.Equal(0.25, summary.CellMetres);
        Assert.Null(ElevationSummary.Of(folder["dsm.tif"], null, CancellationToken.None).Measured);
    }

    [Fact]
    public void A_raster_is_read_at_a_smaller_size_as_the_mean_of_its_cells()
    {
        using var folder = new ScratchFolder();
        (float[] heights, _) = Write(folder["dsm.tif"], folder["origin.tif"]);
        using RasterReader raster = RasterReader.Open(folder["dsm.tif"]);
        float[] reduced = raster.ReadReducedFloats(7, 6);
        for (int cell = 0; cell < reduced.Length; cell++)
        {
            var block = new List<float>();
            for (int y = 0; y < 100; y++)
            {
                block.AddRange(heights.AsSpan((((cell / 7 * 100) + y) * Width) + (cell % 7 * 100), 100));
            }

            // The overviews were rounded to floats on the way.
            Assert.Equal(block.Where(float.IsFinite).Average(), reduced[cell], 0.05);
        }
    }

    private static (float[] Heights, CellOrigin[] Origins) Write(string heightsPath, string originsPath)
    {
        var grid = new GroundGrid(500_000, 5_000_000, 0.25, Width, Height);
        var heights = new float[Width * Height];
        var origins = new CellOrigin[heights.Length];
        for (int i = 0; i < heights.Length; i++)
        {
            (int x, int y) = (i % Width, i / Width);
            bool known = x + y > 40;
            heights[i] = known ? 4000 + (0.01f * x) + (0.02f * y) : float.NaN;
            origins[i] = !known ? CellOrigin.None : x % 5 == 0 ? CellOrigin.Filled : CellOrigin.Measured;
        }

        var tile = new ElevationTile(grid.Tiles(4096)[0], heights, origins);
        var options = new GeoTiffOptions { EpsgCode = 32632 };
        using (var writer = GeoTiffWriter.CreateElevation(heightsPath, grid, options))
        {
            writer.Write(tile);
            writer.Complete(CancellationToken.None);
        }

        using (var writer = GeoTiffWriter.CreateOrigins(originsPath, grid, options))
        {
            writer.WriteOrigins(tile);
            writer.Complete(CancellationToken.None);
        }

        return (heights, origins);
    }
}
