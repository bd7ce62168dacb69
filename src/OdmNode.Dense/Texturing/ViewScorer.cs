using OdmNode.Geometry.Linear;
using OdmNode.Imaging.Buffers;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Texturing;

/// <summary>Finds the faces that a photo sees, how large, and in what colour.</summary>
/// <remarks>
/// The mesh is drawn into a depth buffer; then each face is drawn again and its pixels are compared with the buffer. The
/// tolerance grows with the face's own slope, because a pixel of the buffer stands for the depths of its whole area.
/// </remarks>
public sealed class ViewScorer
{
    private const double DepthSlack = 0.0015;
    private const double LargestHiddenShare = 0.5;
    private const int CancellationStride = 8192;
    private readonly TriangleMesh mesh;
    private readonly TextureView view;
    private readonly ImageBuffer photo;
    private readonly TexturingOptions options;
    private readonly Vector2D[] pixels;
    private readonly float[] depths;
    private readonly float[] buffer;

    private ViewScorer(TriangleMesh mesh, TextureView view, ImageBuffer photo, TexturingOptions options)
    {
        this.mesh = mesh;
        this.view = view;
        this.photo = photo;
        this.options = options;
        pixels = new Vector2D[mesh.VertexCount];
        depths = new float[mesh.VertexCount];
        buffer = new float[photo.Width * photo.Height];
        Array.Fill(buffer, float.PositiveInfinity);
    }

    /// <summary>Memory that scoring takes besides the mesh, bytes.</summary>
    public static long BytesOf(TriangleMesh mesh, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        return (20L * mesh.VertexCount) + (24L * mesh.TriangleCount) + (7L * width * height);
    }

    /// <param name="mesh">Surface in the world frame; see <see cref="WorldMesh"/>.</param>
    /// <param name="fullView">The photo's place and full-size lens.</param>
    /// <param name="reduced">The photo, smaller.</param>
    /// <param name="options">Limits.</param>
    /// <param name="cancellationToken">Asked every few thousand faces.</param>
    /// <returns>In order of faces.</returns>
    public static FaceScore[] Score(
        TriangleMesh mesh, TextureView fullView, ImageBuffer reduced, TexturingOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        ArgumentNullException.ThrowIfNull(fullView);
        ArgumentNullException.ThrowIfNull(reduced);
        ArgumentNullException.ThrowIfNull(options);
        var scorer = new ViewScorer(mesh, fullView.Resized(reduced.Width, reduced.Height), reduced, options);
        scorer.Project();
        scorer.Draw(cancellationToken);
        double enlargement = (double)fullView.Camera.Width * fullView.Camera.Height / ((double)reduced.Width * reduced.Height);
        return scorer.Judge(enlargement, cancellationToken);
    }

    private void Project()
    {
        for (int v = 0; v < pixels.Length; v++)
        {
            Vector3D point = view.ToCamera(mesh.PointOf(v));
            depths[v] = view.TryProject(point, out pixels[v]) ? (float)point.Z : -1;
        }
    }

    private void Draw(CancellationToken cancellationToken)
    {
        for (int face = 0; face < mesh.TriangleCount; face++)
        {
            Check(face, cancellationToken);
            (int a, int b, int c) = mesh.CornersOf(face);
            if (depths[a] < 0 || depths[b] < 0 || depths[c] < 0)
            {
                continue;
            }

            var triangle = new ScreenTriangle(pixels[a], pixels[b], pixels[c]);
            (int left, int top, int right, int bottom) = Box(triangle);
            for (int y = top; y <= bottom; y++)
            {
                for (int x = left; x <= right; x++)
                {
                    (double wa, double wb, double wc) = triangle.WeightsAt(x + 0.5, y + 0.5);
                    if (wa >= 0 && wb >= 0 && wc >= 0 && triangle.Area > 0)
                    {
                        ref float nearest = ref buffer[(y * photo.Width) + x];
                        nearest = Math.Min(nearest, DepthAt(wa, wb, wc, a, b, c));
                    }
                }
            }
        }
    }

    private FaceScore[] Judge(double enlargement, CancellationToken cancellationToken)
    {
        double leastCosine = Math.Cos(options.LargestAngleDegrees * Math.PI / 180);
        var scores = new List<FaceScore>();
        for (int face = 0; face < mesh.TriangleCount; face++)
        {
            Check(face, cancellationToken);
            (int a, int b, int c) = mesh.CornersOf(face);
            if (IsInside(a) && IsInside(b) && IsInside(c) && Cosine(a, b, c) >= leastCosine)
            {
                var triangle = new ScreenTriangle(pixels[a], pixels[b], pixels[c]);
                if (triangle.Area > 0 && Look(face, triangle, enlargement) is { } score)
                {
                    scores.Add(score);
                }
            }
        }

        return [.. scores];
    }

    private FaceScore? Look(int face, ScreenTriangle triangle, double enlargement)
    {
        (int a, int b, int c) = mesh.CornersOf(face);
        double slope = triangle.ChangePerPixel(depths[a], depths[b], depths[c]);
        var sums = default(Sums);
        (int left, int top, int right, int bottom) = Box(triangle);
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                (double wa, double wb, double wc) = triangle.WeightsAt(x + 0.5, y + 0.5);
                if (wa >= 0 && wb >= 0 && wc >= 0)
                {
                    Add(ref sums, x, y, DepthAt(wa, wb, wc, a, b, c), slope);
                }
            }
        }

        // A face between the pixel centres is judged by the pixel its middle lies in.
        if (sums.Seen + sums.Hidden == 0)
        {
            double x = (pixels[a].X + pixels[b].X + pixels[c].X) / 3;
            double y = (pixels[a].Y + pixels[b].Y + pixels[c].Y) / 3;
            Add(ref sums, (int)x, (int)y, DepthAt(1.0 / 3, 1.0 / 3, 1.0 / 3, a, b, c), slope);
        }

        float hidden = (float)sums.Hidden / (sums.Seen + sums.Hidden);
        return hidden > LargestHiddenShare || sums.Seen == 0
            ? null
            : new FaceScore(
                face,
                (float)(triangle.Area * enlargement),
                hidden,
                (float)sums.Red / sums.Seen,
                (float)sums.Green / sums.Seen,
                (float)sums.Blue / sums.Seen);
    }

    private void Add(ref Sums sums, int x, int y, double depth, double slope)
    {
        int i = (y * photo.Width) + x;
        if (depth > buffer[i] + slope + (DepthSlack * depth))
        {
            sums.Hidden++;
            return;
        }

        sums.Seen++;
        sums.Red += photo.Pixels[3 * i];
        sums.Green += photo.Pixels[(3 * i) + 1];
        sums.Blue += photo.Pixels[(3 * i) + 2];
    }

    private float DepthAt(double wa, double wb, double wc, int a, int b, int c) =>
        (float)(1 / ((wa / depths[a]) + (wb / depths[b]) + (wc / depths[c])));

    private (int Left, int Top, int Right, int Bottom) Box(ScreenTriangle triangle) => (
        (int)Math.Max(0, Math.Ceiling(triangle.Left - 0.5)),
        (int)Math.Max(0, Math.Ceiling(triangle.Top - 0.5)),
        (int)Math.Min(photo.Width - 1, Math.Floor(triangle.Right - 0.5)),
        (int)Math.Min(photo.Height - 1, Math.Floor(triangle.Bottom - 0.5)));

    private bool IsInside(int vertex) => depths[vertex] > 0
        && pixels[vertex].X >= 1 && pixels[vertex].X <= photo.Width - 1 && pixels[vertex].Y >= 1 && pixels[vertex].Y <= photo.Height - 1;

    private double Cosine(int a, int b, int c)
    {
        Vector3D pa = mesh.PointOf(a);
        Vector3D normal = Vector3D.Cross(mesh.PointOf(b) - pa, mesh.PointOf(c) - pa);
        Vector3D toCamera = view.Center - pa;
        double lengths = normal.Length * toCamera.Length;
        return lengths == 0 ? -1 : Vector3D.Dot(normal, toCamera) / lengths;
    }

    private static void Check(int face, CancellationToken cancellationToken)
    {
        if (face % CancellationStride == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private struct Sums
    {
        public int Seen;
        public int Hidden;
        public long Red;
        public long Green;
        public long Blue;
    }
}
