using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Elevation;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Geospatial.Elevation;

public class CropPolygonTests
{
    private static readonly CropPolygon Square = new([new(100, 100), new(200, 100), new(200, 200), new(100, 200)]);

    [Fact]
    public void Cropping_cuts_the_stated_width_off_each_side_and_rounds_the_corners()
    {
        CropPolygon cropped = Square.Cropped(3);
        Assert.Equal((103, 197), (cropped.West, cropped.East));
        double rounded = (94 * 94) - ((4 - Math.PI) * 9);
        Assert.Equal(rounded, cropped.Area, 0.3);
        Assert.Same(Square, Square.Cropped(0));
    }

    [Fact]
    public void A_crop_that_would_leave_nothing_changes_nothing() => Assert.Same(Square, Square.Cropped(60));

    [Fact]
    public void The_hull_ignores_points_inside()
    {
        CropPolygon hull = CropPolygon.HullOf([.. Square.Vertices, new Vector2D(150, 150), new Vector2D(120, 199)]);
        Assert.Equal(10000, hull.Area, 1e-9);
        Assert.Equal(4, hull.Vertices.Count);
    }

    [Fact]
    public void A_mask_holds_the_cells_whose_centre_is_inside()
    {
        var triangle = new CropPolygon([new(0, 0), new(20, 0), new(0, 20)]);
        GroundTile tile = new GroundGrid(-5, 25, 0.5, 70, 60).Tiles(512)[0];
        bool[] mask = triangle.Mask(tile);
        for (int i = 0; i < mask.Length; i++)
        {
            double x = tile.Grid.EastingOf(i % 70);
            double y = tile.Grid.NorthingOf(i / 70);
            if (Math.Abs(x + y - 20) > 1e-9)
            {
                Assert.Equal(x > 0 && y > 0 && x + y < 20, mask[i]);
            }
        }
    }

    [Fact]
    public void A_point_is_inside_exactly_where_the_mask_says_so()
    {
        // Concave, with a side along the rows and one along the columns.
        var shape = new CropPolygon([new(0.1, 0.1), new(20.1, 0.1), new(20.1, 18.3), new(9.7, 4.2), new(3.3, 19.9)]);
        GroundTile tile = new GroundGrid(-5, 25, 0.5, 70, 60).Tiles(512)[0];
        bool[] mask = shape.Mask(tile);
        Assert.Contains(true, mask);
        for (int i = 0; i < mask.Length; i++)
        {
            Assert.Equal(mask[i], shape.Contains(tile.Grid.EastingOf(i % 70), tile.Grid.NorthingOf(i / 70)));
        }
    }

    [Fact]
    public void Polygons_that_do_not_overlap_have_no_intersection()
    {
        Assert.Null(Square.Intersection(new CropPolygon([new(0, 0), new(50, 0), new(0, 50)])));
        Assert.Equal(2500, Square.Intersection(new CropPolygon([new(150, 150), new(250, 150), new(250, 250), new(150, 250)]))!.Area, 1e-9);
    }
}
