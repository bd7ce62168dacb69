using OdmNode.Geospatial.Elevation;

namespace OdmNode.UnitTests.Geospatial.Elevation;

public class IslandCleanerTests
{
    private const int Width = 120;
    private const int Height = 100;
    private const double Cell = 0.1;

    [Theory]
    [InlineData(8)]
    [InlineData(-8)]
    public void A_clump_far_from_the_ground_goes(float height)
    {
        float[] heights = Ground();
        Put(heights, 50, 40, 6, 5, height);
        IslandCleaner.Clear(heights, Width, Height, 0, 0, Cell, 0.5f);
        Assert.Equal(30, heights.Count(float.IsNaN));
        Assert.True(float.IsNaN(heights[(42 * Width) + 53]));
    }

    [Fact]
    public void So_do_several_with_a_hidden_ring_and_stones_beside_them()
    {
        float[] heights = Ground();
        Put(heights, 46, 36, 20, 14, float.NaN);
        Put(heights, 50, 40, 4, 4, 9);
        Put(heights, 56, 42, 4, 5, 14);
        Put(heights, 44, 40, 2, 2, 1.6f);
        IslandCleaner.Clear(heights, Width, Height, 0, 0, Cell, 0.5f);
        Assert.DoesNotContain(heights, height => height > 5);
        Assert.Equal(1.6f, heights[(40 * Width) + 44]);
    }

    [Fact]
    public void What_is_large_low_or_part_of_something_larger_stays()
    {
        float[] heights = Ground();
        Put(heights, 10, 10, 12, 12, 3);
        Put(heights, 40, 10, 5, 5, 1.2f);

        // A chimney on a roof, which is what lies around it.
        Put(heights, 70, 10, 30, 30, 6);
        Put(heights, 82, 20, 5, 5, 7);

        // The crown of a tree, measured in pieces a step apart.
        for (int i = 0; i < 64; i++)
        {
            Put(heights, 20 + (4 * (i % 8)), 50 + (4 * (i / 8)), 3, 3, 5 + (0.7f * (i % 5)));
        }

        float[] before = (float[])heights.Clone();
        IslandCleaner.Clear(heights, Width, Height, 0, 0, Cell, 0.5f);
        Assert.Equal(before, heights);
    }

    [Fact]
    public void Windows_that_begin_elsewhere_agree()
    {
        float[] heights = Ground();
        var random = new Random(1);
        for (int i = 0; i < 40; i++)
        {
            Put(heights, random.Next(30, 100), random.Next(20, 80), random.Next(1, 6), random.Next(1, 6), random.Next(2, 9));
        }

        float[] part = [.. Enumerable.Range(0, (Width - 7) * (Height - 5)).Select(i => heights[((5 + (i / (Width - 7))) * Width) + 7 + (i % (Width - 7))])];
        IslandCleaner.Clear(heights, Width, Height, 0, 0, Cell, 0.5f);
        IslandCleaner.Clear(part, Width - 7, Height - 5, 7, 5, Cell, 0.5f);
        Assert.Contains(part, float.IsNaN);
        for (int i = 0; i < part.Length; i++)
        {
            Assert.Equal(heights[((5 + (i / (Width - 7))) * Width) + 7 + (i % (Width - 7))], part[i]);
        }
    }

    private static float[] Ground() => [.. Enumerable.Range(0, Width * Height).Select(i => 0.02f * (i % Width))];

    private static void Put(float[] heights, int x, int y, int width, int height, float value)
    {
        for (int i = 0; i < width * height; i++)
        {
            heights[((y + (i / width)) * Width) + x + (i % width)] = value;
        }
    }
}
