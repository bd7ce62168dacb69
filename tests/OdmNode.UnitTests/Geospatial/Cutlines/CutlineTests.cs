using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Cutlines;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Gdal;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Geospatial.Cutlines;

/// <summary>Lines through pictures whose edges are known.</summary>
public sealed class CutlineTests : IDisposable
{
    private const int Side = 600;
    private const double Cell = 0.5;
    private static readonly GroundGrid Grid = new(576000, 5188000, Cell, Side, Side);
    private readonly ScratchFolder folder = new();

    [Fact]
    public void It_follows_an_edge_that_runs_through_the_band()
    {
        CropPolygon line = Trace(Disk(), (x, y) => Math.Sqrt(Math.Pow(x - 300, 2) + Math.Pow(y - 300, 2)) < Border(x, y) ? (byte)90 : (byte)140);
        foreach (Vector2D corner in line.Vertices)
        {
            (double x, double y) = (((corner.X - Grid.West) / Cell) - 0.5, ((Grid.North - corner.Y) / Cell) - 0.5);
            double radius = Math.Sqrt(Math.Pow(x - 300, 2) + Math.Pow(y - 300, 2));
            // The gradient of a step is as strong on both sides of it.
            Assert.InRange(radius - Border(x, y), -2, 2);
        }

        Assert.True(line.Vertices.Count > 40, "a curve of this length has more corners");
        AssertEnclosesOnce(line);
    }

    [Fact]
    public void Without_edges_it_is_a_short_way_around_the_middle()
    {
        CropPolygon outline = Square();
        CropPolygon line = Trace(outline, (_, _) => 100);
        AssertEnclosesOnce(line);
        double length = 0;
        for (int i = 0; i < line.Vertices.Count; i++)
        {
            length += (line.Vertices[(i + 1) % line.Vertices.Count] - line.Vertices[i]).Length;
        }

        // The way around the inner square, a tenth of the side inside, is the shortest.
        double shortest = 4 * 0.8 * (outline.East - outline.West);
        Assert.InRange(length, 0.98 * shortest, 1.03 * shortest);
    }

    [Fact]
    public void It_finds_its_way_around_an_area_with_arms()
    {
        Vector2D[] cross =
        [
            At(200, 20), At(400, 20), At(400, 200), At(580, 200), At(580, 400), At(400, 400), At(400, 580), At(200, 580), At(200, 400), At(20, 400),
            At(20, 200), At(200, 200),
        ];
        var outline = new CropPolygon(cross);
        CropPolygon line = Trace(outline, (x, y) => (byte)(100 + (((x / 8) + (y / 8)) % 2 * 40)));
        AssertEnclosesOnce(line);
        Assert.InRange(line.Area, 0.5 * outline.Area, outline.Area);
        CropPolygon allowed = outline.Grown(Cell);
        Assert.Equal(line.Area, line.Intersection(allowed)!.Area, 1e-6 * line.Area);
    }

    [Fact]
    public void An_area_too_narrow_for_a_band_keeps_its_outline()
    {
        var outline = new CropPolygon([At(100, 100), At(104, 100), At(104, 500), At(100, 500)]);
        Assert.Same(outline, Trace(outline, (_, _) => 100));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>A wobbling circle, cells from the middle.</summary>
    private static double Border(double x, double y) => 265 + (8 * Math.Sin(7 * Math.Atan2(y - 300, x - 300)));

    private static Vector2D At(double x, double y) => new(Grid.West + (x * Cell), Grid.North - (y * Cell));

    private static CropPolygon Square() => new([At(10, 10), At(590, 10), At(590, 590), At(10, 590)]);

    private static CropPolygon Disk() => new(
        [.. Enumerable.Range(0, 64).Select(i => At(300 + (290 * Math.Cos(Math.PI * i / 32)), 300 + (290 * Math.Sin(Math.PI * i / 32))))]);

    private static void AssertEnclosesOnce(CropPolygon line)
    {
        int corners = line.Vertices.Count;
        double turns = 0;
        Vector2D middle = At(300.2, 300.7);
        for (int i = 0; i < corners; i++)
        {
            (Vector2D a, Vector2D b) = (line.Vertices[i], line.Vertices[(i + 1) % corners]);
            (Vector2D from, Vector2D to) = (a - middle, b - middle);
            turns += Math.Atan2(Cross(from, to), (from.X * to.X) + (from.Y * to.Y));
            for (int j = i + 2; j < corners - (i == 0 ? 1 : 0); j++)
            {
                (Vector2D c, Vector2D d) = (line.Vertices[j], line.Vertices[(j + 1) % corners]);
                bool cross = Cross(b - a, c - a) * Cross(b - a, d - a) < 0 && Cross(d - c, a - c) * Cross(d - c, b - c) < 0;
                Assert.False(cross, "the line crosses itself");
            }
        }

        Assert.Equal(1, Math.Abs(turns) / (2 * Math.PI), 9);
    }

    private static double Cross(Vector2D a, Vector2D b) => (a.X * b.Y) - (a.Y * b.X);

    private CropPolygon Trace(CropPolygon outline, Func<int, int, byte> light)
    {
        using (var writer = GeoTiffWriter.CreateRgba(folder["ortho.tif"], Grid, new GeoTiffOptions { EpsgCode = 32615 }))
        {
            foreach (GroundTile tile in Grid.Tiles(512))
            {
                byte[] pixels = new byte[4 * tile.Width * tile.Height];
                for (int i = 0; i < tile.Width * tile.Height; i++)
                {
                    pixels.AsSpan(4 * i, 3).Fill(light(tile.X + (i % tile.Width), tile.Y + (i / tile.Width)));
                    pixels[(4 * i) + 3] = byte.MaxValue;
                }

                writer.Write(new RgbaTile(tile, pixels));
            }

            writer.Complete(CancellationToken.None);
        }

        return Cutline.Trace(folder["ortho.tif"], outline, CancellationToken.None);
    }
}
