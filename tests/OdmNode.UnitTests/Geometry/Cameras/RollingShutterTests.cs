using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;

namespace OdmNode.UnitTests.Geometry.Cameras;

public class RollingShutterTests
{
    private static readonly BrownCamera Camera = new()
    {
        Width = 4000, Height = 3000, FocalX = 3300, FocalY = 3300, CenterX = 2015, CenterY = 1490,
        K1 = -0.06, K2 = 0.03, K3 = -0.005, P1 = 0.0008, P2 = -0.0005,
    };

    [Fact]
    public void A_point_is_shown_at_the_row_that_was_read_when_the_camera_saw_it_there()
    {
        var travel = new Vector3D(0.2, -0.6, 0.1);
        for (double y = -0.4; y <= 0.4; y += 0.05)
        {
            var point = 60 * new Vector3D(0.3 * Math.Sin(9 * y), y, 1);
            Vector2D pixel = RollingShutter.Project(Camera, point, travel);
            Vector2D seen = Camera.Project(point - (((pixel.Y / Camera.Height) - 0.5) * travel));
            Assert.InRange((pixel - seen).Length, 0, 3e-3);
        }
    }

    [Fact]
    public void Without_travel_the_pixel_is_that_of_the_lens_to_the_last_bit()
    {
        var point = new Vector3D(11, -7, 61);
        Assert.Equal(Camera.Project(point), RollingShutter.Project(Camera, point, Vector3D.Zero));
        Assert.Equal(point, RollingShutter.AtRow(Camera, point, Vector3D.Zero, 17));
    }

    [Fact]
    public void The_middle_row_stays_and_rows_beyond_the_picture_count_as_its_edges()
    {
        var point = new Vector3D(1, 2, 30);
        var travel = new Vector3D(0, 1, 0);
        Assert.Equal(point, RollingShutter.AtRow(Camera, point, travel, 1500));
        Assert.Equal(point - (0.5 * travel), RollingShutter.AtRow(Camera, point, travel, 3000));
        Assert.Equal(point + (0.5 * travel), RollingShutter.AtRow(Camera, point, travel, -500));
    }
}
