using OdmNode.Dense.Texturing;
using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Resampling;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Dense.Texturing;

/// <summary>A plane under a roof, looked at from above by photos whose pixels are computed from the truth.</summary>
public sealed class TexturingTests
{
    private const int Side = 400;
    private const double Height = 20;
    private static readonly TexturingOptions Options = new() { VisibilityScale = 1 };

    [Fact]
    public void Every_texel_of_a_face_has_the_colour_of_the_ground_there()
    {
        TriangleMesh mesh = Scene();
        TextureView[] views = [View(-2, 0), View(2, 0)];
        ImageBuffer[] photos = [Photo(views[0], 0), Photo(views[1], 0)];
        TexturePlan plan = Plan(mesh, views, photos, Options);
        Assert.True(plan.Charts.Sum(chart => chart.Faces.Length) > 0.9 * mesh.TriangleCount);
        foreach ((Vector3D point, byte[] color) in Middles(plan, views, photos))
        {
            (double red, double green, double blue) = Truth(point);
            Assert.InRange(color[0] - red, -6, 6);
            Assert.InRange(color[1] - green, -6, 6);
            Assert.InRange(color[2] - blue, -6, 6);
        }
    }

    [Fact]
    public void A_view_whose_sight_is_blocked_is_never_used()
    {
        TriangleMesh mesh = Scene();
        TextureView[] views = [View(-2, 0), View(2, 0)];
        TexturePlan plan = Plan(mesh, views, [Photo(views[0], 0), Photo(views[1], 0)], Options);
        foreach (TextureChart chart in plan.Charts)
        {
            foreach (int face in chart.Faces)
            {
                Vector3D middle = Middle(mesh, face);
                Assert.False(middle.Z < 1 && IsUnderRoof(middle, views[chart.View].Center, 0.15), $"Face at {middle} from view {chart.View}");
            }
        }
    }

    [Fact]
    public void Charts_do_not_overlap_and_stay_on_their_atlas()
    {
        TriangleMesh mesh = Scene();
        TextureView[] views = [View(-2, 0), View(2, 0)];
        TexturePlan plan = Plan(
            mesh, views, [Photo(views[0], 0), Photo(views[1], 0)], Options with { AtlasSide = 256, MostTexels = 100_000 });
        var taken = new HashSet<(int, int, int)>();
        foreach (ChartPlace place in plan.Layout.Places)
        {
            Assert.True(place.X + place.Width <= 256 && place.Y + place.Height <= 256);
            for (int y = place.Y; y < place.Y + place.Height; y++)
            {
                for (int x = place.X; x < place.X + place.Width; x++)
                {
                    Assert.True(taken.Add((place.Atlas, x, y)));
                }
            }
        }
    }

    private static IEnumerable<(Vector3D Point, byte[] Color)> Middles(TexturePlan plan, TextureView[] views, ImageBuffer[] photos)
    {
        PhotoPyramid[] pyramids = [.. photos.Select(PhotoPyramid.Build)];
        for (int i = 0; i < plan.Charts.Count; i++)
        {
            TextureChart chart = plan.Charts[i];
            ImageBuffer picture = ChartPainter.Paint(
                plan, i, views[chart.View], pyramids[chart.View], Options, CancellationToken.None);
            ChartPlace place = plan.Layout.Places[i];
            foreach (int face in chart.Faces)
            {
                Vector2D a = plan.TexelOf(i, 3 * face);
                Vector2D b = plan.TexelOf(i, (3 * face) + 1);
                Vector2D c = plan.TexelOf(i, (3 * face) + 2);
                int x = (int)(((a.X + b.X + c.X) / 3) - place.X);
                int y = (int)(((a.Y + b.Y + c.Y) / 3) - place.Y);
                yield return (Middle(plan.World, face), picture.Pixels.AsSpan(3 * ((y * picture.Width) + x), 3).ToArray());
            }
        }
    }

    private static TexturePlan Plan(TriangleMesh mesh, TextureView[] views, ImageBuffer[] photos, TexturingOptions options) => TexturePlan.Of(
        mesh,
        views,
        [.. views.Zip(photos, (view, photo) => ViewScorer.Score(mesh, view, photo, options, CancellationToken.None))],
        options,
        CancellationToken.None);

    private static Vector3D Middle(TriangleMesh mesh, int face)
    {
        (int a, int b, int c) = mesh.CornersOf(face);
        return (1.0 / 3) * (mesh.PointOf(a) + mesh.PointOf(b) + mesh.PointOf(c));
    }

    /// <summary>A ground of 16 m with a roof of 2 m at a height of 3 m.</summary>
    private static TriangleMesh Scene()
    {
        var positions = new List<float>();
        var triangles = new List<int>();
        AddGrid(positions, triangles, -8, 8, 40, 0);
        AddGrid(positions, triangles, -1, 1, 5, 3);
        return new TriangleMesh { Origin = Vector3D.Zero, Positions = [.. positions], Triangles = [.. triangles] };
    }

    private static void AddGrid(List<float> positions, List<int> triangles, double from, double to, int cells, float height)
    {
        int first = positions.Count / 3;
        for (int y = 0; y <= cells; y++)
        {
            for (int x = 0; x <= cells; x++)
            {
                positions.AddRange([(float)(from + ((to - from) * x / cells)), (float)(from + ((to - from) * y / cells)), height]);
            }
        }

        for (int y = 0; y < cells; y++)
        {
            for (int x = 0; x < cells; x++)
            {
                int a = first + (y * (cells + 1)) + x;
                triangles.AddRange([a, a + 1, a + cells + 2, a, a + cells + 2, a + cells + 1]);
            }
        }
    }

    private static TextureView View(double x, double y)
    {
        var camera = new BrownCamera
        {
            Width = Side, Height = Side, FocalX = Side, FocalY = Side, CenterX = Side / 2.0, CenterY = Side / 2.0, K1 = -0.02,
        };
        var down = new Matrix3x3(1, 0, 0, 0, -1, 0, 0, 0, -1);
        return new TextureView(camera, new RigidTransform(down, -(down * new Vector3D(x, y, Height))));
    }

    private static ImageBuffer Photo(TextureView view, int brightness)
    {
        var photo = new ImageBuffer(Side, Side, 3);
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                Vector2D ray = view.Camera.Normalize(new Vector2D(x + 0.5, y + 0.5));
                Vector3D onRoof = At(view.Center, ray, 3);
                Vector3D point = Math.Abs(onRoof.X) <= 1 && Math.Abs(onRoof.Y) <= 1 ? onRoof : At(view.Center, ray, 0);
                (double red, double green, double blue) = Truth(point);
                int at = 3 * ((y * Side) + x);
                photo.Pixels[at] = (byte)(red + brightness);
                photo.Pixels[at + 1] = (byte)(green + brightness);
                photo.Pixels[at + 2] = (byte)(blue + brightness);
            }
        }

        return photo;
    }

    private static Vector3D At(Vector3D center, Vector2D ray, double height) =>
        new(center.X + ((center.Z - height) * ray.X), center.Y - ((center.Z - height) * ray.Y), height);

    private static (double Red, double Green, double Blue) Truth(Vector3D point) => point.Z > 1
        ? (200, 60, 60)
        : (100 + (40 * Math.Sin(point.X)), 100 + (40 * Math.Cos(point.Y)), 90 + (20 * Math.Sin(point.X + point.Y)));

    /// <summary>Does the line from the ground to the camera meet the roof, shrunk by a margin?</summary>
    private static bool IsUnderRoof(Vector3D ground, Vector3D center, double margin)
    {
        Vector3D at = ground + ((3 - ground.Z) / (center.Z - ground.Z) * (center - ground));
        return Math.Abs(at.X) < 1 - margin && Math.Abs(at.Y) < 1 - margin;
    }
}
