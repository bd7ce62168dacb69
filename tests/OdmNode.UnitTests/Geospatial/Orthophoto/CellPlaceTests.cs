using OdmNode.Geospatial.Orthophoto;

namespace OdmNode.UnitTests.Geospatial.Orthophoto;

public class CellPlaceTests
{
    [Theory]
    [InlineData(7.25, 0, 0, 7)]
    [InlineData(7.25, 0, 0.75f, 8)]
    [InlineData(7.25, 5, -2.5f, -1)]
    [InlineData(-0.5, -3, 0, 2)]
    public void The_cell_is_that_of_the_window(double place, int windowStart, float farther, int cell) =>
        Assert.Equal(cell, CellPlace.Of(place, windowStart).CellAfter(farther));

    [Fact]
    public void Windows_that_begin_elsewhere_see_the_same_cells()
    {
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++)
        {
            double place = 5000 * random.NextDouble();
            float farther = (float)((random.NextDouble() - 0.5) * 3000);
            int start = random.Next(-200, 4000);
            Assert.Equal(CellPlace.Of(place, 0).CellAfter(farther), CellPlace.Of(place, start).CellAfter(farther) + start);
        }
    }
}
