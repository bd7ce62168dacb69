using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;

namespace OdmNode.UnitTests.Geometry.Cameras;

public sealed class BrownCameraTests
{
    private static readonly BrownCamera Camera = new()
    {
        Width = 4000,
        Height = 2250,
        FocalX = 2250,
        FocalY = 2248,
        CenterX = 2011,
        CenterY = 1119,
        K1 = -0.13,
        K2 = 0.11,
        K3 = -0.02,
        P1 = 0.0007,
        P2 = -0.0004,
    };

    [Fact]
    public void Unprojecting_a_projected_point_returns_its_ray()
    {
        for (int y = 0; y <= 2250; y += 225)
        {
            for (int x = 0; x <= 4000; x += 200)
            {
                Vector3D ray = Camera.Unproject(new Vector2D(x, y));
                Vector2D back = Camera.Project(7.5 * ray);
                Assert.True((back - new Vector2D(x, y)).Length < 1e-8, $"({x}, {y}) became {back}");
            }
        }
    }

    [Fact]
    public void Distortion_follows_the_published_formula()
    {
        // Written out by hand for x = 0.3, y = -0.2: r² = 0.13.
        double radial = 1 + (-0.13 * 0.13) + (0.11 * 0.0169) + (-0.02 * 0.002197);
        double x = (0.3 * radial) + (2 * 0.0007 * 0.3 * -0.2) + (-0.0004 * (0.13 + (2 * 0.09)));
        double y = (-0.2 * radial) + (0.0007 * (0.13 + (2 * 0.04))) + (2 * -0.0004 * 0.3 * -0.2);
        Vector2D distorted = Camera.Distort(new Vector2D(0.3, -0.2));
        Assert.Equal(x, distorted.X, 1e-15);
        Assert.Equal(y, distorted.Y, 1e-15);
    }

    [Fact]
    public void A_resized_camera_sees_the_same_point_at_the_scaled_pixel()
    {
        var point = new Vector3D(1.2, -0.7, 4);
        Vector2D full = Camera.Project(point);
        Vector2D half = Camera.Resized(2000, 1125).Project(point);
        Assert.Equal(full.X / 2, half.X, 1e-9);
        Assert.Equal(full.Y / 2, half.Y, 1e-9);
    }
}
