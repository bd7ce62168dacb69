using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;

namespace OdmNode.UnitTests.Geometry.Cameras;

public sealed class FisheyeCameraTests
{
    private static readonly FisheyeCamera Equidistant = new()
    {
        Width = 4000, Height = 3000, FocalX = 1300, FocalY = 1302, CenterX = 2011, CenterY = 1490,
        K1 = 0.04, K2 = -0.015, K3 = 0.004, K4 = -0.0004,
    };

    private static readonly FisheyeCamera Dual = new()
    {
        Model = LensModel.Dual, Width = 4000, Height = 3000, FocalX = 2000, FocalY = 2000, CenterX = 2000, CenterY = 1500,
        K1 = -0.04, K2 = 0.01, Transition = 0.4,
    };

    public static TheoryData<FisheyeCamera> Lenses => [Equidistant, Dual];

    [Theory]
    [MemberData(nameof(Lenses))]
    public void Projecting_an_unprojected_pixel_returns_it_over_the_whole_picture(FisheyeCamera lens)
    {
        for (int y = 0; y <= 3000; y += 150)
        {
            for (int x = 0; x <= 4000; x += 200)
            {
                Vector3D ray = lens.Unproject(new Vector2D(x, y));
                Assert.Equal(1, ray.Length, 1e-12);
                Assert.True(lens.Sees(ray));
                Vector2D back = lens.Project(7.5 * ray);
                Assert.True((back - new Vector2D(x, y)).Length < 1e-8, $"({x}, {y}) became {back}");
            }
        }
    }

    [Fact]
    public void The_image_radius_of_an_equidistant_lens_follows_the_published_polynomial_of_the_angle()
    {
        // The point (1, 2, 2) lies atan(√5 / 2) off axis.
        double theta = Math.Atan(Math.Sqrt(5) / 2);
        double radius = theta + (0.04 * Math.Pow(theta, 3)) - (0.015 * Math.Pow(theta, 5)) + (0.004 * Math.Pow(theta, 7)) - (0.0004 * Math.Pow(theta, 9));
        Vector2D pixel = Equidistant.Project(new Vector3D(1, 2, 2));
        Assert.Equal(2011 + (1300 * radius / Math.Sqrt(5)), pixel.X, 1e-9);
        Assert.Equal(1490 + (1302 * 2 * radius / Math.Sqrt(5)), pixel.Y, 1e-9);
    }

    [Fact]
    public void An_equidistant_lens_sees_beside_and_a_little_behind_itself()
    {
        var right = new Vector3D(1, 0, -0.05);
        Assert.True(Equidistant.Sees(right));
        Assert.InRange(Vector3D.AngleBetween(right, Equidistant.Unproject(Equidistant.Project(right))), 0, 1e-9);
        Assert.False(Equidistant.Sees(new Vector3D(0.1, 0, -1)));
        Assert.False(Dual.Sees(right));
    }

    [Fact]
    public void The_axis_is_seen_at_the_principal_point()
    {
        Assert.Equal(new Vector2D(2011, 1490), Equidistant.Project(new Vector3D(0, 0, 3)));
        Assert.Equal(new Vector3D(0, 0, 1), Equidistant.Unproject(new Vector2D(2011, 1490)));
        Assert.Equal(default, Equidistant.Normalize(new Vector2D(2011, 1490)));
    }

    [Fact]
    public void A_dual_lens_with_a_whole_transition_is_a_perspective_one()
    {
        FisheyeCamera whole = Dual with { Transition = 1 };
        var perspective = new BrownCamera
        {
            Model = LensModel.Perspective, Width = 4000, Height = 3000, FocalX = 2000, FocalY = 2000, CenterX = 2000, CenterY = 1500,
            K1 = -0.04, K2 = 0.01,
        };
        for (int i = 0; i <= 20; i++)
        {
            var point = new Vector3D(-2 + (0.2 * i), 1.3 - (0.1 * i), 2.5);
            Assert.Equal(perspective.Project(point).X, whole.Project(point).X, 1e-9);
            Assert.Equal(perspective.Project(point).Y, whole.Project(point).Y, 1e-9);
        }
    }

    [Fact]
    public void On_the_plane_a_photo_ends_at_the_angle_that_is_worth_resampling()
    {
        // The left edge is 88 degrees off axis.
        Vector2D edge = Equidistant.Normalize(new Vector2D(0, 1490));
        Assert.Equal(-Math.Tan(FisheyeCamera.PlaneAngle), edge.X, 1e-9);
        var inside = new Vector2D(900, 1100);
        Vector3D ray = Equidistant.Unproject(inside);
        Assert.Equal(ray.X / ray.Z, Equidistant.Normalize(inside).X, 1e-12);
        Assert.Equal(ray.Y / ray.Z, Equidistant.Normalize(inside).Y, 1e-12);
    }

    [Fact]
    public void Beyond_the_angle_where_the_polynomial_turns_back_pixels_keep_the_angle()
    {
        // θ − 0.3 θ³ rises to 0.703 at θ = 1.054 and falls from there.
        FisheyeCamera folding = Equidistant with { FocalY = 1300, K1 = -0.3, K2 = 0, K3 = 0, K4 = 0 };
        Vector3D ray = folding.Unproject(new Vector2D(2011 + (1300 * 0.9), 1490));
        Assert.InRange(Math.Atan2(ray.X, ray.Z), 1.054 - 0.07, 1.054 + 0.07);
        Vector3D before = folding.Unproject(new Vector2D(2011 + (1300 * 0.6), 1490));
        double theta = Math.Atan2(before.X, before.Z);
        Assert.Equal(0.6, theta - (0.3 * theta * theta * theta), 1e-12);
    }

    [Theory]
    [InlineData(LensModel.Perspective)]
    [InlineData(LensModel.Brown)]
    [InlineData(LensModel.Fisheye)]
    [InlineData(LensModel.FisheyeOpenCv)]
    [InlineData(LensModel.Dual)]
    public void A_lens_is_the_same_after_its_parameters_were_taken_and_given_back(LensModel model)
    {
        double[] values = [900, 1.25, 640, 360, 0.1, -0.2, 0.3, -0.4, 0.5];
        Camera lens = Camera.Of(model, 1280, 720, 900).WithParameters(values);
        Assert.Equal(model, lens.Model);
        Assert.Equal((1280, 720), (lens.Width, lens.Height));
        Assert.Equal(values, lens.Parameters());
        Camera half = lens.Resized(640, 360);
        Assert.Equal(model, half.Model);
        var point = new Vector3D(0.3, -0.2, 2);
        Assert.Equal(lens.Project(point).X / 2, half.Project(point).X, 1e-9);
        Assert.Equal(lens.Project(point).Y / 2, half.Project(point).Y, 1e-9);
    }

    [Fact]
    public void A_line_of_sight_becomes_the_z_axis_of_its_frame()
    {
        foreach (Vector3D ray in (Vector3D[])[new(0, 0, 1), new(1, 0, 0), new(0, -1, 0), new Vector3D(-1, 2, -3).Normalized()])
        {
            Matrix3x3 frame = OdmNode.Geometry.Pose.SightFrame.Of(ray);
            Assert.InRange(((frame * ray) - new Vector3D(0, 0, 1)).Length, 0, 1e-15);
            Assert.Equal(1, frame.Determinant(), 1e-12);
            Assert.InRange((frame * frame.Transposed() * ray - ray).Length, 0, 1e-15);
        }
    }
}
