using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;

namespace OdmNode.UnitTests.Geometry.Cameras;

public sealed class SphericalCameraTests
{
    private static readonly Camera Sphere = Camera.Of(LensModel.Spherical, 3600, 1800, 0);

    [Fact]
    public void A_degree_has_ten_pixels_of_a_picture_of_3600()
    {
        Assert.Equal(new Vector2D(1800, 900), Sphere.Project(new Vector3D(0, 0, 2)));
        AssertNear(new Vector2D(2700, 900), Sphere.Project(new Vector3D(2, 0, 0)));
        AssertNear(new Vector2D(1800, 1350), Sphere.Project(new Vector3D(0, 1, 1)));
        AssertNear(new Vector2D(900, 900), Sphere.Project(new Vector3D(-1, 0, 0)));
        AssertNear(new Vector2D(1800, 0), Sphere.Project(new Vector3D(0, -1, 0)));
    }

    [Fact]
    public void Projecting_an_unprojected_pixel_returns_it_over_the_whole_sphere()
    {
        for (int y = 5; y < 1800; y += 85)
        {
            for (int x = 5; x < 3600; x += 121)
            {
                Vector3D ray = Sphere.Unproject(new Vector2D(x, y));
                Assert.True(Sphere.Sees(ray));
                Assert.Equal(1, ray.Length, 1e-12);
                AssertNear(new Vector2D(x, y), Sphere.Project(3 * ray));
            }
        }
    }

    [Fact]
    public void A_residual_is_observed_minus_projected_and_crosses_the_seam_and_the_poles()
    {
        Vector3D point = Sphere.Unproject(new Vector2D(2000, 900));
        AssertNear(new Vector2D(3, -2), Sphere.Residual(point, new Vector2D(2003, 898)), 0.01);
        AssertNear(new Vector2D(4, 0), Sphere.Residual(Sphere.Unproject(new Vector2D(3598, 900)), new Vector2D(2, 900)), 1e-9);
        Assert.Equal(6, Sphere.Residual(Sphere.Unproject(new Vector2D(500, 3)), new Vector2D(2300, 3)).Length, 1e-9);
        Assert.Equal(0, Sphere.Residual(point, new Vector2D(2000, 900)).Length, 1e-9);
    }

    private static void AssertNear(Vector2D expected, Vector2D actual, double tolerance = 1e-8) =>
        Assert.True((expected - actual).Length <= tolerance, $"{actual} instead of {expected}");
}
