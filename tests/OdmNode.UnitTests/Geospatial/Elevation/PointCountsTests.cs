using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Elevation;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Geospatial.Elevation;

public class PointCountsTests
{
    private static readonly GroundGrid Fine = new(500000.5, 4100000, 0.25, 61, 40);

    [Fact]
    public void Coarser_tiles_keep_the_places_and_names_of_fine_ones_and_cover_them()
    {
        GroundTile[] fine = [.. Fine.Tiles(32)];
        GroundTile[] coarse = [.. PointCounts.Coarser(Fine, 8).Tiles(4)];
        Assert.Equal(fine.Select(tile => tile.Name), coarse.Select(tile => tile.Name));
        Assert.All(fine.Zip(coarse), pair =>
        {
            Assert.Equal((pair.First.West, pair.First.North), (pair.Second.West, pair.Second.North));
            Assert.InRange(pair.Second.East - pair.First.East, 0, 2 - 0.25);
            Assert.InRange(pair.First.South - pair.Second.South, 0, 2 - 0.25);
        });
    }

    [Fact]
    public void Points_are_counted_where_they_lie_and_told_per_square_metre()
    {
        GroundTile tile = PointCounts.Coarser(Fine, 8).Tiles(4)[1];

        // West of the tile, three in its second cell of the first row, one in the last of the last row, south of the tile.
        PointCounts counts = PointCounts.Of(tile, Cloud([-0.5, 1], [2.5, 1.5], [3.9, 0.1], [2.1, 1.9], [7.9, 7.9], [1, 8.5]));
        Assert.Equal([0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], counts.Counts);
        Assert.Equal(new CloudDensity(4, 2, 2), counts.Density);
        float[] density = counts.PerSquareMetre().Heights;
        Assert.Equal((0.75f, 0.25f, true), (density[1], density[15], float.IsNaN(density[0])));

        PointCloud Cloud(params double[][] eastSouth) => new()
        {
            Origin = new Vector3D(tile.West, tile.North, 100),
            Positions = [.. eastSouth.SelectMany(p => new float[] { (float)p[0], (float)-p[1], 0 })],
            Normals = new float[3 * eastSouth.Length],
            Colors = new byte[3 * eastSouth.Length],
            Views = new byte[eastSouth.Length],
        };
    }

    [Fact]
    public void Counts_that_were_written_read_back_the_same()
    {
        GroundTile tile = Fine.Tiles(32)[0];
        var cloud = new PointCloud { Origin = new Vector3D(tile.West + 1, tile.South + 1, 0), Positions = [0, 0, 0], Normals = new float[3], Colors = new byte[3], Views = [2] };
        PointCounts counts = PointCounts.Of(tile, cloud);
        using var stream = new MemoryStream();
        counts.Write(stream);
        stream.Position = 0;
        Assert.Equal(counts.Counts, PointCounts.Read(stream, tile).Counts);
        Assert.Equal(1, counts.Density.Points);
    }
}
