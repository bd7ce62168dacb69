using System.Runtime.Intrinsics;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Geospatial.Orthophoto;

public class HorizonMapTests
{
    private const int Cells = 300;
    private static readonly GroundGrid Grid = new(0, 30, 0.1, Cells, Cells);

    [Fact]
    public void Eight_points_at_a_time_are_hidden_where_they_are_one_by_one()
    {
        var random = new Random(5);
        (HorizonMap map, float[] heights) = Town(random);
        int hidden = 0;
        int open = 0;
        Span<float> ups = stackalloc float[8];
        for (int trial = 0; trial < 4000; trial++)
        {
            (int x, int y) = (random.Next(Cells - 8), random.Next(Cells));
            var columns = new CellPlaces(8);
            CellPlace row = map.RowOf(Grid.NorthingOf(y + random.NextDouble()));
            for (int lane = 0; lane < 8; lane++)
            {
                columns[lane] = map.ColumnOf(Grid.EastingOf(x + lane));
                ups[lane] = heights[(y * Cells) + x + lane];
            }

            Vector256<float> up = Vector256.Create<float>(ups);
            var toEast = Vector256.Create((float)(80 * random.NextDouble()) - 40) - Vector256.Create(0f, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f);
            float toNorth = trial % 50 == 0 ? 0 : (float)(80 * random.NextDouble()) - 40;
            Vector256<float> toUp = Vector256.Create(40f) - up;
            Vector256<int> all = map.HidesEight(columns.From(0), EightPlaces.All(row), up, toEast, Vector256.Create(toNorth), toUp, 25, 0.05f);
            for (int lane = 0; lane < 8; lane++)
            {
                bool one = map.HidesAt(columns[lane], row, ups[lane], (toEast.GetElement(lane), toNorth, toUp.GetElement(lane)), 25, 0.05f);
                Assert.Equal(one ? -1 : 0, all.GetElement(lane));
                hidden += one ? 1 : 0;
                open += one ? 0 : 1;
            }
        }

        Assert.True(Math.Min(hidden, open) > 4000, $"{hidden} hidden, {open} open");
    }

    /// <summary>Rough ground with towers and holes.</summary>
    private static (HorizonMap Map, float[] Heights) Town(Random random)
    {
        float[] heights = [.. Enumerable.Range(0, Cells * Cells).Select(_ => (float)(0.1 * random.NextDouble()))];
        for (int tower = 0; tower < 40; tower++)
        {
            (int left, int top, int size) = (random.Next(Cells - 30), random.Next(Cells - 30), random.Next(3, 30));
            float height = tower % 8 == 0 ? float.NaN : 12 * (float)random.NextDouble();
            for (int y = top; y < top + size; y++)
            {
                heights.AsSpan((y * Cells) + left, size).Fill(height);
            }
        }

        return (new HorizonMap(SurfaceWindow.Of(Grid, new CellRectangle(0, 0, Cells, Cells), heights)), heights);
    }
}
