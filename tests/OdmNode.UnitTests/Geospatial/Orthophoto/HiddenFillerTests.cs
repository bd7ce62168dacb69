using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Orthophoto;

namespace OdmNode.UnitTests.Geospatial.Orthophoto;

public class HiddenFillerTests
{
    private const int Width = 512;
    private const int Height = 256;
    private const byte Ground = 100;
    private const byte Photo = 200;
    private const int Rim = 8;
    private static readonly CellRectangle Cells = new(0, 0, Width, Height);

    [Fact]
    public void A_strip_that_nothing_shows_takes_the_colour_of_the_ground_beside_it()
    {
        byte[] pixels = Filled(first: 200, last: 240, stripCells: 40);
        for (int x = 206; x < 235; x++)
        {
            Assert.InRange(RedAt(pixels, x), Ground - 2, Ground + 2);
        }
    }

    [Fact]
    public void Wide_hidden_ground_keeps_the_photo_that_is_hidden_least()
    {
        byte[] pixels = Filled(first: 100, last: 400, stripCells: 40);
        Assert.All(Enumerable.Range(88, 5), x => Assert.InRange(RedAt(pixels, x), Ground - 2, Ground + 10));
        Assert.All(Enumerable.Range(125, 250), x => Assert.Equal(Photo, RedAt(pixels, x)));

        // From the one to the other without a step.
        for (int x = 1; x < Width; x++)
        {
            Assert.InRange(Math.Abs(RedAt(pixels, x) - RedAt(pixels, x - 1)), 0, 15);
        }
    }

    [Fact]
    public void What_is_wide_depends_on_the_width_of_a_strip()
    {
        Assert.Equal(Photo, RedAt(Filled(first: 180, last: 260, stripCells: 8), 220));
        Assert.InRange(RedAt(Filled(first: 100, last: 300, stripCells: 1000), 200), Ground - 2, Ground + 2);
    }

    [Fact]
    public void Distances_are_those_of_the_nearest_place()
    {
        const int size = 60;
        int[] places = [(5 * size) + 7, (40 * size) + 50];
        ushort[] distances = ChamferDistance.From(places, size, size);
        for (int i = 0; i < distances.Length; i++)
        {
            double truth = places.Min(place => Math.Sqrt(Math.Pow((i % size) - (place % size), 2) + Math.Pow((i / size) - (place / size), 2)));
            Assert.InRange(distances[i] / (double)ChamferDistance.Unit, 0.94 * truth, (1.06 * truth) + 1e-9);
        }

        Assert.All(ChamferDistance.From([], 4, 3), distance => Assert.Equal(65531, distance));
    }

    /// <summary>Visible ground with columns in the middle that are hidden; what hides them shows a little beyond.</summary>
    private static byte[] Filled(int first, int last, double stripCells)
    {
        byte[] pixels = new byte[4 * Width * Height];
        for (int i = 0; i < Width * Height; i++)
        {
            bool isHidden = i % Width >= first && i % Width < last;
            bool isRim = i % Width >= first - Rim && i % Width < last + Rim;
            pixels.AsSpan(4 * i, 3).Fill(isRim ? Photo : Ground);
            pixels[(4 * i) + 3] = isHidden ? HiddenFiller.HiddenAlpha : (byte)255;
        }

        HiddenFiller.Fill(pixels, new float[Width * Height], Cells, stripCells);
        Assert.All(Enumerable.Range(0, Width * Height), i => Assert.Equal(255, pixels[(4 * i) + 3]));
        return pixels;
    }

    private static int RedAt(byte[] pixels, int x) => pixels[4 * ((Height / 2 * Width) + x)];
}
