using OdmNode.Dense.Texturing;
using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Resampling;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Dense.Texturing;

/// <summary>A plane of 16 m under a roof of 2 m at a height of 3 m, looked at from above by photos whose pixels are computed from the truth.</summary>
internal sealed class RoofScene
{
    private const int Side = 400;
    private const double Height = 20;

    /// <param name="photos">Position of each camera, what is added to its levels, and whether a red car stands near (-4, -4) while it looks.</param>
    public RoofScene(params (double X, double Y, int Brightness, bool Car)[] photos)
    {
        Views = [.. photos.Select(photo => View(photo.X, photo.Y))];
        Photos = [.. photos.Select((photo, i) => Photo(Views[i], photo.Brightness, photo.Car))];
    }

    public static TexturingOptions Options { get; } = new() { VisibilityScale = 1 };

    public TriangleMesh Mesh { get; init; } = MakeMesh();

    public TextureView[] Views { get; }

    public ImageBuffer[] Photos { get; }

    public TexturePlan Plan(TexturingOptions options) => TexturePlan.Of(
        Mesh,
        Views,
        [.. Views.Zip(Photos, (view, photo) => ViewScorer.Score(Mesh, view, photo, options, CancellationToken.None))],
        options,
        CancellationToken.None);

    public ImageBuffer Paint(TexturePlan plan, TexturingOptions options, int parallelism) => AtlasPainter.Paint(
        plan, 0, Views, (view, level) => PhotoPyramid.Reduced(Photos[view], level), options, parallelism, CancellationToken.None);

    /// <summary>View and colour at the middle of each textured face, by face.</summary>
    public SortedDictionary<int, (int View, byte[] Color)> Colors(TexturePlan plan, TexturingOptions options)
    {
        ImageBuffer atlas = Paint(plan, options, 1);
        var colors = new SortedDictionary<int, (int, byte[])>();
        for (int chart = 0; chart < plan.Charts.Count; chart++)
        {
            foreach (int face in plan.Charts[chart].Faces)
            {
                Vector2D sum = plan.TexelOf(chart, 3 * face) + plan.TexelOf(chart, (3 * face) + 1) + plan.TexelOf(chart, (3 * face) + 2);
                (int x, int y) = ((int)(sum.X / 3), (int)(sum.Y / 3));
                colors[face] = (plan.Charts[chart].View, atlas.Pixels.AsSpan(3 * ((y * atlas.Width) + x), 3).ToArray());
            }
        }

        return colors;
    }

    public Vector3D Middle(int face)
    {
        (int a, int b, int c) = Mesh.CornersOf(face);
        return (1.0 / 3) * (Mesh.PointOf(a) + Mesh.PointOf(b) + Mesh.PointOf(c));
    }

    public static double[] Truth(Vector3D point) => point.Z > 1
        ? [200, 60, 60]
        : [100 + (40 * Math.Sin(point.X)), 100 + (40 * Math.Cos(point.Y)), 90 + (20 * Math.Sin(point.X + point.Y))];

    /// <summary>Does the line from the ground to the camera meet the roof, shrunk by a margin?</summary>
    public static bool IsUnderRoof(Vector3D ground, Vector3D center, double margin)
    {
        Vector3D at = ground + ((3 - ground.Z) / (center.Z - ground.Z) * (center - ground));
        return Math.Abs(at.X) < 1 - margin && Math.Abs(at.Y) < 1 - margin;
    }

    private static TriangleMesh MakeMesh()
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

    private static ImageBuffer Photo(TextureView view, int brightness, bool car)
    {
        var photo = new ImageBuffer(Side, Side, 3);
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                Vector2D ray = view.Camera.Normalize(new Vector2D(x + 0.5, y + 0.5));
                Vector3D onRoof = At(view.Center, ray, 3);
                Vector3D point = Math.Abs(onRoof.X) <= 1 && Math.Abs(onRoof.Y) <= 1 ? onRoof : At(view.Center, ray, 0);
                bool isCar = car && Math.Abs(point.X + 4) < 1 && Math.Abs(point.Y + 4) < 1;
                double[] color = isCar ? [230, 10, 10] : Truth(point);
                for (int channel = 0; channel < 3; channel++)
                {
                    photo.Pixels[(3 * ((y * Side) + x)) + channel] = (byte)(color[channel] + brightness);
                }
            }
        }

        return photo;
    }

    private static Vector3D At(Vector3D center, Vector2D ray, double height) =>
        new(center.X + ((center.Z - height) * ray.X), center.Y - ((center.Z - height) * ray.Y), height);
}
