using OdmNode.Dense.DepthMaps;
using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Imaging.Buffers;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Dense;

public sealed class ImageUndistorterTests
{
    private static readonly BrownCamera Camera = new()
    {
        Width = 801, Height = 603, FocalX = 650, FocalY = 650, CenterX = 405, CenterY = 298, K1 = -0.12, K2 = 0.03, P1 = 0.001, P2 = -0.002,
    };

    [Theory]
    [InlineData(801, 1.2)]
    [InlineData(401, 1.2)]
    [InlineData(200, 1.6)]
    public void A_smooth_picture_has_in_each_undistorted_pixel_the_value_of_its_place_in_the_photo(int longestSide, double tolerance)
    {
        var photo = new ImageBuffer(Camera.Width, Camera.Height, 3);
        for (int y = 0; y < Camera.Height; y++)
        {
            for (int x = 0; x < Camera.Width; x++)
            {
                for (int c = 0; c < 3; c++)
                {
                    photo.Row(y)[(3 * x) + c] = (byte)Math.Round(Value(x + 0.5, y + 0.5, c));
                }
            }
        }

        PinholeCamera target = ImageUndistorter.ChoosePinhole(Camera, longestSide);
        ImageBuffer result = ImageUndistorter.Undistort(photo, Camera, target, CancellationToken.None);
        int compared = 0;
        for (int y = 0; y < target.Height; y += 7)
        {
            for (int x = 0; x < target.Width; x += 5)
            {
                Vector2D at = Camera.Project(target.Unproject(x + 0.5, y + 0.5, 1));
                if (at.X > 5 && at.Y > 5 && at.X < Camera.Width - 5 && at.Y < Camera.Height - 5)
                {
                    for (int c = 0; c < 3; c++)
                    {
                        Assert.InRange(result.Row(y)[(3 * x) + c] - Value(at.X, at.Y, c), -tolerance, tolerance);
                    }

                    compared++;
                }
            }
        }

        Assert.True(compared > target.Width * target.Height / 35 * 0.8);
    }

    [Fact]
    public void A_photo_taken_on_the_move_looks_as_one_taken_at_rest_where_the_ground_is_a_plane()
    {
        Reconstruction scene = MovingCamera(out Func<double, double, double> ground);
        Shot shot = scene.Shots[0];
        var photo = new ImageBuffer(Camera.Width, Camera.Height, 1);
        for (int y = 0; y < Camera.Height; y++)
        {
            // The row as the camera saw the pattern on the ground from where it was then.
            Vector3D center = shot.CameraFromWorld.Center + ((((y + 0.5) / Camera.Height) - 0.5) * shot.ReadoutTravel);
            for (int x = 0; x < Camera.Width; x++)
            {
                photo.Row(y)[x] = Pattern(center, shot.CameraFromWorld.Rotation.Transposed() * Camera.Unproject(new Vector2D(x + 0.5, y + 0.5)), ground);
            }
        }

        PinholeCamera target = ImageUndistorter.ChoosePinhole(Camera, 801);
        ImageBuffer corrected = ImageUndistorter.Undistort(photo, Camera, target, PassingGround.Of(scene, 0, target), CancellationToken.None);
        ImageBuffer plain = ImageUndistorter.Undistort(photo, Camera, target, CancellationToken.None);
        double before = 0;
        for (int y = 40; y < target.Height - 40; y += 7)
        {
            for (int x = 40; x < target.Width - 40; x += 5)
            {
                Vector3D ray = shot.CameraFromWorld.Rotation.Transposed() * target.Unproject(x + 0.5, y + 0.5, 1);
                int truth = Pattern(shot.CameraFromWorld.Center, ray, ground);
                Assert.InRange(corrected.Row(y)[x] - truth, -3, 3);
                before = Math.Max(before, Math.Abs(plain.Row(y)[x] - truth));
            }
        }

        Assert.True(before > 12, $"{before}");
    }

    [Fact]
    public void A_photo_at_rest_or_without_tie_points_has_nothing_to_undo()
    {
        Reconstruction scene = MovingCamera(out _);
        PinholeCamera target = ImageUndistorter.ChoosePinhole(Camera, 400);
        Reconstruction With(Shot shot, TiePoints points) => new() { Cameras = scene.Cameras, Shots = [shot], Points = points };
        Assert.NotNull(PassingGround.Of(scene, 0, target));
        Assert.Null(PassingGround.Of(With(scene.Shots[0] with { ReadoutTravel = Vector3D.Zero }, scene.Points), 0, target));
        Assert.Null(PassingGround.Of(With(scene.Shots[0], TiePoints.Empty), 0, target));
    }

    /// <summary>A camera 50 m above sloping ground that flies 2 m, some 26 pixels, while it reads a photo.</summary>
    private static Reconstruction MovingCamera(out Func<double, double, double> ground)
    {
        ground = static (x, y) => (0.1 * x) - (0.05 * y);
        Matrix3x3 rotation = Rotations.FromAxisAngle(new Vector3D(0.1, 0.05, 0.3)) * new Matrix3x3(1, 0, 0, 0, -1, 0, 0, 0, -1);
        var pose = new RigidTransform(rotation, -(rotation * new Vector3D(0, 0, 50)));
        Func<double, double, double> height = ground;
        Vector3D[] points = [.. Enumerable.Range(0, 100).Select(i => new Vector3D((i % 10) - 4.5, (i / 10) - 4.5, 0))
            .Select(p => 5 * p).Select(p => p with { Z = height(p.X, p.Y) })];
        return new Reconstruction
        {
            Cameras = new Dictionary<string, Camera> { ["c"] = Camera },
            Shots = [new Shot("a", "c", pose) { ReadoutTravel = new Vector3D(0.5, 1.9, 0.1) }],
            Points = new TiePoints(
                points, new byte[300], [.. Enumerable.Range(0, 101)], [.. points.Select((_, i) => new Observation(0, i, 0, 0, 1))]),
        };
    }

    private static byte Pattern(Vector3D center, Vector3D ray, Func<double, double, double> ground)
    {
        double down = ray.Z - ground(ray.X, ray.Y);
        Vector3D place = center + ((ground(center.X, center.Y) - center.Z) / down * ray);
        return (byte)Math.Round(128 + (50 * Math.Sin(place.X / 3)) + (50 * Math.Sin((place.Y / 4) + 1)));
    }

    [Fact]
    public void Pixels_outside_the_photo_are_black_and_black_ones_inside_are_not()
    {
        var photo = new ImageBuffer(Camera.Width, Camera.Height, 1);
        PinholeCamera target = ImageUndistorter.ChoosePinhole(Camera, 400);
        ImageBuffer result = ImageUndistorter.Undistort(photo, Camera, target, CancellationToken.None);
        int outside = 0;
        for (int y = 0; y < target.Height; y++)
        {
            for (int x = 0; x < target.Width; x++)
            {
                Vector2D at = Camera.Project(target.Unproject(x + 0.5, y + 0.5, 1));
                bool inside = at.X > 0.1 && at.Y > 0.1 && at.X < Camera.Width - 0.1 && at.Y < Camera.Height - 0.1;
                bool clearlyOutside = at.X < -0.1 || at.Y < -0.1 || at.X > Camera.Width + 0.1 || at.Y > Camera.Height + 0.1;
                Assert.True(!inside || result.Row(y)[x] == 1);
                Assert.True(!clearlyOutside || result.Row(y)[x] == 0);
                outside += clearlyOutside ? 1 : 0;
            }
        }

        Assert.True(outside > 0);
    }

    [Fact]
    public void The_pinhole_frame_holds_the_corners_of_the_photo()
    {
        PinholeCamera target = ImageUndistorter.ChoosePinhole(Camera, Camera.LongestSide);
        foreach ((int x, int y) in new[] { (0, 0), (Camera.Width, 0), (0, Camera.Height), (Camera.Width, Camera.Height) })
        {
            Vector2D onPlane = Camera.Normalize(new Vector2D(x, y));
            Vector2D pixel = target.Project(new Vector3D(onPlane.X, onPlane.Y, 1));
            Assert.InRange(pixel.X, -1, target.Width + 1);
            Assert.InRange(pixel.Y, -1, target.Height + 1);
        }
    }

    [Fact]
    public void A_fisheye_photo_becomes_a_pinhole_view_of_its_middle_at_the_same_resolution()
    {
        var fisheye = new FisheyeCamera
        {
            Width = 800, Height = 600, FocalX = 270, FocalY = 270, CenterX = 403, CenterY = 297, K1 = 0.03, K2 = -0.01,
        };
        var photo = new ImageBuffer(fisheye.Width, fisheye.Height, 1);
        for (int y = 0; y < fisheye.Height; y++)
        {
            for (int x = 0; x < fisheye.Width; x++)
            {
                photo.Row(y)[x] = (byte)Math.Round(Value(x + 0.5, y + 0.5, 0));
            }
        }

        PinholeCamera target = ImageUndistorter.ChoosePinhole(fisheye, 800);
        Assert.Equal(270, target.Focal, 1e-9);
        Assert.InRange(target.Width, 1.5 * fisheye.Width, 1.61 * fisheye.Width);
        // 4.7 focal lengths from side to side are 67 degrees to either; the frame never reaches what the plane leaves out.
        Vector3D corner = target.Unproject(0, 0, 1);
        Assert.InRange(Vector3D.AngleBetween(corner, new Vector3D(0, 0, 1)), 0, FisheyeCamera.PlaneAngle);
        ImageBuffer result = ImageUndistorter.Undistort(photo, fisheye, target, CancellationToken.None);
        for (int y = 0; y < target.Height; y += 11)
        {
            for (int x = 0; x < target.Width; x += 7)
            {
                Vector2D at = fisheye.Project(target.Unproject(x + 0.5, y + 0.5, 1));
                Assert.InRange(at.X, 0, fisheye.Width);
                Assert.InRange(at.Y, 0, fisheye.Height);
                Assert.InRange(result.Row(y)[x] - Value(at.X, at.Y, 0), -1.6, 1.6);
            }
        }
    }

    private static double Value(double x, double y, int channel) =>
        120 + (60 * Math.Sin((x / 90) + channel)) + (50 * Math.Cos((y / 70) - channel));
}
