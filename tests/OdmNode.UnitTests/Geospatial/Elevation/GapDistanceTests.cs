using OdmNode.Geospatial.Elevation;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Geospatial.Elevation;

/// <summary>Against the definition: the least of the distances to all gaps.</summary>
public class GapDistanceTests
{
    private static readonly GroundGrid Grid = new(0, 100, 1, 61, 47);

    [Theory]
    [InlineData(1, 1, 0.5)]
    [InlineData(7, 3, 0.97)]
    [InlineData(47, 2, 0.995)]
    [InlineData(100, 2, 0.9)]
    public void Every_cell_knows_the_way_to_the_nearest_gap(int rows, int threads, double knownShare)
    {
        var random = new Random(11);
        bool[] isKnown = [.. Enumerable.Range(0, Grid.Width * Grid.Height).Select(_ => random.NextDouble() < knownShare)];
        isKnown[(20 * Grid.Width) + 30] = false;
        float[] found = Measure(isKnown, rows, threads);
        for (int i = 0; i < found.Length; i++)
        {
            Assert.Equal(Nearest(isKnown, i), found[i], 1e-4);
        }
    }

    [Fact]
    public void Without_a_gap_there_is_no_way_to_one() =>
        Assert.All(Measure([.. Enumerable.Repeat(true, Grid.Width * Grid.Height)], 16, 2), distance => Assert.True(float.IsNaN(distance)));

    [Fact]
    public void A_raster_of_gaps_alone_is_all_zero() =>
        Assert.All(Measure(new bool[Grid.Width * Grid.Height], 16, 2), distance => Assert.Equal(0, distance));

    private static float[] Measure(bool[] isKnown, int rows, int threads)
    {
        using var folder = new ScratchFolder();
        float[] distances = new float[isKnown.Length];
        using (var distance = new GapDistance(folder["ways"], Grid))
        {
            foreach (GroundTile tile in Grid.Tiles(16))
            {
                distance.Add(
                    tile, [.. Enumerable.Range(0, tile.Width * tile.Height).Select(i => isKnown[((tile.Y + (i / tile.Width)) * Grid.Width) + tile.X + (i % tile.Width)])]);
            }

            distance.Measure(rows, threads, (tile, values) => values.CopyTo(distances, tile.Y * Grid.Width), CancellationToken.None);
        }

        Assert.Empty(folder.Files());
        return distances;
    }

    private static double Nearest(bool[] isKnown, int cell)
    {
        double least = double.PositiveInfinity;
        for (int i = 0; i < isKnown.Length; i++)
        {
            if (!isKnown[i])
            {
                double dx = (cell % Grid.Width) - (i % Grid.Width);
                double dy = (cell / Grid.Width) - (i / Grid.Width);
                least = Math.Min(least, Math.Sqrt((dx * dx) + (dy * dy)));
            }
        }

        return least;
    }
}
