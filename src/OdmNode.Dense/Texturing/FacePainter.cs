using System.Runtime.Intrinsics;
using OdmNode.Geometry.Linear;
using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Resampling;

namespace OdmNode.Dense.Texturing;

/// <summary>Paints one face on the picture of its chart.</summary>
/// <remarks>
/// Each texel's point of the face goes through the lens model, so that a large face is as exact in its middle as at its corners.
/// </remarks>
internal readonly struct FacePainter
{
    private const int StepsPerTexel = 2;
    private readonly ScreenTriangle triangle;
    private readonly TextureView view;
    private readonly ImageBuffer source;
    private readonly float scale;
    private readonly Vector3D pointA;
    private readonly Vector3D pointB;
    private readonly Vector3D pointC;
    private readonly Vector128<float> offsetA;
    private readonly Vector128<float> offsetB;
    private readonly Vector128<float> offsetC;

    /// <param name="plan">Faces, charts and offsets.</param>
    /// <param name="chart">Chart of the face.</param>
    /// <param name="face">Index of the face.</param>
    /// <param name="view">Full-size lens of the photo.</param>
    /// <param name="source">The photo or a smaller copy.</param>
    /// <param name="scale">Size of the copy against the photo.</param>
    public FacePainter(TexturePlan plan, int chart, int face, TextureView view, ImageBuffer source, float scale)
    {
        this.view = view;
        this.source = source;
        this.scale = scale;
        triangle = plan.TriangleOf(chart, face);
        (int a, int b, int c) = plan.World.CornersOf(face);
        pointA = view.ToCamera(plan.World.PointOf(a));
        pointB = view.ToCamera(plan.World.PointOf(b));
        pointC = view.ToCamera(plan.World.PointOf(c));
        offsetA = plan.OffsetAt(3 * face);
        offsetB = plan.OffsetAt((3 * face) + 1);
        offsetC = plan.OffsetAt((3 * face) + 2);
    }

    /// <summary>Paints the texels whose centre lies in the face.</summary>
    public void PaintInside(ImageBuffer picture, bool[] painted)
    {
        int left = Math.Max(0, (int)Math.Ceiling(triangle.Left - 0.5));
        int right = Math.Min(picture.Width - 1, (int)Math.Floor(triangle.Right - 0.5));
        int top = Math.Max(0, (int)Math.Ceiling(triangle.Top - 0.5));
        int bottom = Math.Min(picture.Height - 1, (int)Math.Floor(triangle.Bottom - 0.5));
        for (int y = top; y <= bottom && triangle.Area > 0; y++)
        {
            for (int x = left; x <= right; x++)
            {
                (double a, double b, double c) = triangle.WeightsAt(x + 0.5, y + 0.5);
                if (a >= 0 && b >= 0 && c >= 0)
                {
                    PaintTexel(picture, painted, (y * picture.Width) + x, a, b, c);
                }
            }
        }
    }

    /// <summary>Paints what is left of the texels that the face's edges touch: a sliver may hold no centre.</summary>
    public void PaintEdges(ImageBuffer picture, bool[] painted)
    {
        PaintEdge(picture, painted, triangle.A, triangle.B, static (a, b) => (a, b, 0));
        PaintEdge(picture, painted, triangle.B, triangle.C, static (b, c) => (0, b, c));
        PaintEdge(picture, painted, triangle.C, triangle.A, static (c, a) => (a, 0, c));
    }

    private void PaintEdge(
        ImageBuffer picture, bool[] painted, Vector2D from, Vector2D to, Func<double, double, (double A, double B, double C)> weights)
    {
        Vector2D along = to - from;
        int steps = (int)Math.Ceiling(StepsPerTexel * Math.Max(Math.Abs(along.X), Math.Abs(along.Y))) + 1;
        for (int i = 0; i <= steps; i++)
        {
            double t = (double)i / steps;
            Vector2D place = from + (t * along);
            int at = ((int)place.Y * picture.Width) + (int)place.X;
            if (!painted[at])
            {
                (double a, double b, double c) = weights(1 - t, t);
                PaintTexel(picture, painted, at, a, b, c);
            }
        }
    }

    private void PaintTexel(ImageBuffer picture, bool[] painted, int at, double a, double b, double c)
    {
        if (!view.TryProject((a * pointA) + (b * pointB) + (c * pointC), out Vector2D pixel))
        {
            return;
        }

        Vector128<float> color = PhotoSampler.Cubic(source, (float)(pixel.X * scale), (float)(pixel.Y * scale))
            + ((float)a * offsetA) + ((float)b * offsetB) + ((float)c * offsetC);
        painted[at] = true;
        for (int channel = 0; channel < 3; channel++)
        {
            picture.Pixels[(3 * at) + channel] = (byte)(Math.Clamp(color.GetElement(channel), 0, 255) + 0.5f);
        }
    }
}
