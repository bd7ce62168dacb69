using OdmNode.Dense.Panoramas;
using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Imaging.Buffers;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Dense.Panoramas;

public sealed class PanoramaViewsTests
{
    private static readonly Camera Sphere = Camera.Of(LensModel.Spherical, 800, 400, 0);

    [Fact]
    public void The_faces_look_all_around_and_are_turned_only()
    {
        Assert.Equal(PanoramaFace.All.Select(face => face.Name).Order(StringComparer.Ordinal), PanoramaFace.All.Select(face => face.Name));
        Vector3D sum = Vector3D.Zero;
        foreach (PanoramaFace face in PanoramaFace.All)
        {
            Assert.Equal(1, face.FaceFromPanorama.Determinant(), 1e-12);
            Assert.Equal(Matrix3x3.Identity, face.FaceFromPanorama * face.FaceFromPanorama.Transposed());
            sum += face.FaceFromPanorama.Row3;
        }

        Assert.Equal(Vector3D.Zero, sum);
        Assert.Equal("front", PanoramaFace.All[PanoramaFace.Nearest(new Vector3D(0.1, 0.2, 1))].Name);
        Assert.Equal("bottom", PanoramaFace.All[PanoramaFace.Nearest(new Vector3D(0, 1, 0))].Name);
        Assert.Equal("right", PanoramaFace.All[PanoramaFace.Nearest(new Vector3D(1, 0, 0))].Name);
    }

    [Fact]
    public void Each_pixel_of_a_face_shows_what_the_panorama_shows_in_its_direction()
    {
        var panorama = new ImageBuffer(Sphere.Width, Sphere.Height, 1);
        for (int y = 0; y < panorama.Height; y++)
        {
            for (int x = 0; x < panorama.Width; x++)
            {
                panorama.Row(y)[x] = (byte)Math.Round(Value(Sphere.Unproject(new Vector2D(x + 0.5, y + 0.5))));
            }
        }

        Camera plane = PanoramaFace.CameraOf(Sphere);
        Assert.InRange(plane.FocalX / Sphere.FocalX, 0.99, 1.01);
        foreach (PanoramaFace face in PanoramaFace.All)
        {
            ImageBuffer picture = PanoramaViews.Render(panorama, face, CancellationToken.None);
            Assert.Equal((plane.Width, plane.Height), (picture.Width, picture.Height));
            for (int y = 0; y < picture.Height; y += 9)
            {
                for (int x = 0; x < picture.Width; x += 7)
                {
                    Vector3D ray = face.FaceFromPanorama.Transposed() * plane.Unproject(new Vector2D(x + 0.5, y + 0.5));
                    Assert.InRange(picture.Row(y)[x] - Value(ray), -2, 2);
                }
            }
        }
    }

    [Fact]
    public void A_panorama_becomes_photos_that_see_its_tie_points_at_the_projected_pixels()
    {
        var turned = new RigidTransform(Rotations.FromAxisAngle(new Vector3D(0.2, 1, -0.3)), new Vector3D(1, 2, 3));
        Vector3D[] points = [new(30, 2, -4), new(-7, 25, 6), new(3, -4, -20), new(1, 1, 40), new(-30, 3, 2)];
        Camera brown = Camera.Of(LensModel.Brown, 100, 80, 90);
        var observations = new List<Observation>();
        for (int i = 0; i < points.Length; i++)
        {
            Vector2D pixel = Sphere.Project(turned * points[i]);
            observations.Add(new Observation(0, i, (float)pixel.X, (float)pixel.Y, 2));
            observations.Add(new Observation(1, i, 50, 40, 3));
        }

        var scene = new Reconstruction
        {
            Cameras = new SortedDictionary<string, Camera> { ["plane"] = brown, ["sphere"] = Sphere },
            Shots = [new Shot("a.jpg", "sphere", turned), new Shot("b.jpg", "plane", RigidTransform.Identity)],
            Points = new TiePoints(points, new byte[3 * points.Length], [0, 2, 4, 6, 8, 10], [.. observations]),
        };
        Reconstruction split = PanoramaViews.Split(scene);
        Assert.Equal(split.Shots.Select(shot => shot.ImageName).Order(StringComparer.Ordinal), split.Shots.Select(shot => shot.ImageName));
        Assert.Equal("b.jpg", split.Shots[^1].ImageName);
        Assert.Equal(brown, split.CameraOf(split.Shots[^1]));
        for (int point = 0; point < points.Length; point++)
        {
            Assert.Equal(2, split.Points.ObservationsOf(point).Length);
            Observation seen = split.Points.ObservationsOf(point)[0];
            Shot face = split.Shots[seen.Shot];
            (string panorama, PanoramaFace view) = PanoramaViews.Parse(face.ImageName)!.Value;
            Assert.Equal("a.jpg", panorama);
            Assert.Equal($"a.jpg@{view.Name}", face.ImageName);
            Vector2D expected = split.CameraOf(face).Project(face.CameraFromWorld * points[point]);
            Assert.InRange((expected - new Vector2D(seen.X, seen.Y)).Length, 0, 1e-3);
            Assert.InRange((face.CameraFromWorld.Center - turned.Center).Length, 0, 1e-12);
        }
    }

    [Fact]
    public void A_reconstruction_without_panoramas_stays_itself_and_its_photos_are_no_faces()
    {
        var scene = new Reconstruction
        {
            Cameras = new SortedDictionary<string, Camera> { ["plane"] = Camera.Of(LensModel.Brown, 100, 80, 90) },
            Shots = [new Shot("a.jpg", "plane", RigidTransform.Identity)],
            Points = TiePoints.Empty,
        };
        Assert.Same(scene, PanoramaViews.Split(scene));
        Assert.Null(PanoramaViews.Parse("a.jpg"));
        Assert.Null(PanoramaViews.Parse("a@b.jpg"));
        Assert.Null(PanoramaViews.Parse("@front"));
    }

    private static double Value(Vector3D ray) => 120 + (60 * Math.Sin(4 * ray.X)) + (50 * Math.Cos((3 * ray.Y) + (2 * ray.Z)));
}
