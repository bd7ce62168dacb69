using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Elevation;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Geospatial.Elevation;

/// <summary>Heights are compared with the formula that the points were made from.</summary>
public class ElevationTests
{
    private const double Cell = 0.1;
    private const double Spacing = 0.2;
    private const double Noise = 0.05;
    private static readonly GroundGrid Grid = new(447500, 5211100, Cell, 384, 320);
    private static readonly ElevationOptions Options = new() { PointSpacingMetres = Spacing, HeightNoiseMetres = Noise };

    [Fact]
    public void A_slope_keeps_its_heights_under_noise_and_stray_points()
    {
        static double Slope(double x, double y) => 440 + (0.3 * x) - (0.2 * y);
        ElevationTile tile = Rasterize(Grid.Tiles(1024)[0], CloudOf(Slope, strayShare: 0.01));
        double[] errors = [.. Errors(tile, Slope).Order()];
        Assert.True(errors[errors.Length / 2] < 0.5 * Noise, $"median {errors[errors.Length / 2]}");
        Assert.True(errors[errors.Length * 99 / 100] < 3 * Noise, $"99 percent {errors[errors.Length * 99 / 100]}");
    }

    [Fact]
    public void A_step_stays_sharp_and_straight()
    {
        static double Step(double x, double y) => x + (0.25 * y) < 17 ? 446 : 440;
        ElevationTile tile = Rasterize(Grid.Tiles(1024)[0], CloudOf(Step, strayShare: 0));
        double worst = 0;
        for (int y = 0; y < tile.Tile.Height; y++)
        {
            int edge = Enumerable.Range(0, tile.Tile.Width).First(x => tile.Heights[(y * tile.Tile.Width) + x] < 443);
            double truth = (17 - (0.25 * (Grid.North - Grid.NorthingOf(y)))) / Cell;
            worst = Math.Max(worst, Math.Abs(edge - truth));
        }

        Assert.True(worst * Cell < 1.2 * Spacing, $"the edge is off by {worst} cells");
        Assert.DoesNotContain(tile.Heights, height => height is > 440.5f and < 445.5f);
    }

    [Fact]
    public void Tiles_of_any_size_have_the_same_heights()
    {
        static double Hills(double x, double y) => 440 + (2 * Math.Sin(x / 3)) + (x > 20 && y > 12 ? 5 : 0);
        PointCloud cloud = CloudOf(Hills, strayShare: 0.02, hole: (12, 15, 4));
        float[] whole = FilledHeights(cloud, 1024);
        Assert.Equal(whole, FilledHeights(cloud, 128));
        Assert.Equal(whole, FilledHeights(cloud, 96));
        Assert.DoesNotContain(whole, float.IsNaN);
    }

    [Fact]
    public void A_gap_in_a_slope_is_filled_with_the_slope()
    {
        static double Slope(double x, double y) => 440 + (0.1 * x);
        PointCloud cloud = CloudOf(Slope, strayShare: 0, hole: (19, 16, 3));
        float[] heights = FilledHeights(cloud, 1024);
        double middle = heights[(160 * Grid.Width) + 190];
        Assert.Equal(Slope(19.05, 0), middle, 0.12);
    }

    [Fact]
    public void A_gap_between_a_wall_and_the_ground_is_ground_up_to_the_wall()
    {
        static double House(double x, double y) => x is > 14 and < 22 && y is > 12 and < 20 ? 446 : 440;
        PointCloud cloud = CloudOf(House, strayShare: 0, isGap: (x, y) => x is > 14 and < 22 && y is > 8.5 and < 12);
        float[] heights = FilledHeights(cloud, 1024);
        foreach ((double x, double y) in from x in new[] { 14.5, 16, 18, 20, 21.5 } from y in new[] { 9.0, 10, 11, 11.7 } select (x, y))
        {
            Assert.Equal(440, heights[((int)(y / Cell) * Grid.Width) + (int)(x / Cell)], 0.3);
        }

        Assert.Equal(446, heights[((int)(12.4 / Cell) * Grid.Width) + 180], 0.3);
    }

    [Fact]
    public void A_gap_within_a_roof_stays_at_the_height_of_the_roof()
    {
        static double House(double x, double y) => x is > 14 and < 22 && y is > 12 and < 20 ? 446 : 440;
        float[] heights = FilledHeights(CloudOf(House, strayShare: 0, hole: (18, 16, 2)), 1024);
        Assert.Equal(446, heights[(160 * Grid.Width) + 180], 0.2);
        Assert.Equal(446, heights[(145 * Grid.Width) + 180], 0.2);
    }

    [Fact]
    public void Points_on_a_wall_make_no_ledge_beside_it()
    {
        static double House(double x, double y) => x < 17 ? 446 : x < 17.3 ? 446 - (6 * (x - 17) / 0.3) : 440;
        float[] heights = FilledHeights(CloudOf(House, strayShare: 0), 1024);
        Assert.DoesNotContain(heights, height => height is > 440.8f and < 445.2f);
    }

    [Fact]
    public void A_tile_is_read_back_as_it_was_written_and_not_for_another()
    {
        ElevationTile tile = Rasterize(Grid.Tiles(128)[1], CloudOf((_, _) => 440, 0, hole: (14, 5, 2)));
        using var stream = new MemoryStream();
        tile.Write(stream);
        stream.Position = 0;
        ElevationTile read = ElevationTile.Read(stream, tile.Tile);
        Assert.Equal(tile.Heights, read.Heights);
        Assert.Equal(tile.Origins, read.Origins);
        stream.Position = 0;
        Assert.Throws<InvalidDataException>(() => ElevationTile.Read(stream, Grid.Tiles(128)[2]));
    }

    [Fact]
    public void The_spacing_of_a_cloud_adds_up_over_tiles()
    {
        PointCloud cloud = CloudOf((_, _) => 440, 0);
        CloudDensity density = PointCounts.Coarser(Grid, 8).Tiles(16).Select(tile => PointCounts.Of(tile, cloud).Density).Aggregate((a, b) => a + b);
        Assert.Equal(Spacing, density.SpacingMetres!.Value, 0.02);
    }

    private static ElevationTile Rasterize(GroundTile tile, PointCloud cloud) =>
        ElevationRasterizer.Rasterize(tile, [cloud], Options, CancellationToken.None);

    private static float[] FilledHeights(PointCloud cloud, int tileSize)
    {
        ElevationTile[] measured = [.. Grid.Tiles(tileSize).Select(tile => Rasterize(tile, cloud))];
        CoarseSurface coarse = CoarseSurface.Build(Grid, measured);
        IEnumerable<ElevationTile> filled = measured.Select(tile => GapFiller.Fill(
            tile, SurfaceWindow.Assemble(Grid, CellRectangle.Around(tile.Tile, GapFiller.MarginCells), measured), coarse, 0.5f, 0.4f));
        return SurfaceWindow.Assemble(Grid, new CellRectangle(0, 0, Grid.Width, Grid.Height), filled).Heights;
    }

    private static IEnumerable<double> Errors(ElevationTile tile, Func<double, double, double> truth)
    {
        for (int i = 0; i < tile.Heights.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, tile.Tile.Width);
            yield return Math.Abs(tile.Heights[i] - truth(Grid.EastingOf(x) - Grid.West, Grid.North - Grid.NorthingOf(y)));
        }
    }

    /// <summary>Jittered samples of a height, given as a function of metres east and south of the grid's corner.</summary>
    private static PointCloud CloudOf(
        Func<double, double, double> height, double strayShare, (double X, double Y, double Radius)? hole = null,
        Func<double, double, bool>? isGap = null)
    {
        var random = new Random(3);
        var positions = new List<float>();
        for (double y = -2; y < 34; y += Spacing)
        {
            for (double x = -2; x < 40.4; x += Spacing)
            {
                double px = x + (random.NextDouble() * Spacing);
                double py = y + (random.NextDouble() * Spacing);
                double noise = Noise * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2;
                double stray = random.NextDouble() < strayShare ? (random.NextDouble() - 0.5) * 20 : 0;
                if (isGap?.Invoke(px, py) == true)
                {
                    continue;
                }

                if (hole is { } gap && Math.Pow(px - gap.X, 2) + Math.Pow(py - gap.Y, 2) < gap.Radius * gap.Radius)
                {
                    continue;
                }

                positions.AddRange([(float)px, (float)-py, (float)(height(px, py) + noise + stray - 400)]);
            }
        }

        int count = positions.Count / 3;
        return new PointCloud
        {
            Origin = new Vector3D(Grid.West, Grid.North, 400), Positions = [.. positions], Normals = new float[3 * count],
            Colors = new byte[3 * count], Views = new byte[count],
        };
    }
}
