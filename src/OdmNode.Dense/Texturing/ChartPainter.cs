using System.Runtime.Intrinsics;
using OdmNode.Geometry.Linear;
using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Resampling;

namespace OdmNode.Dense.Texturing;

/// <summary>Paints a chart from its photo.</summary>
/// <remarks>
/// Each texel's point of the face goes through the lens model, so that a large face is as exact in its middle as at its
/// corners; the photo is taken from the level of its pyramid whose pixels are about as large as texels.
/// </remarks>
public static class ChartPainter
{
    /// <summary>A smaller copy of the photo serves from two thirds of its own density on: cubic interpolation hides so much flicker.</summary>
    private const double LevelBias = 0.4;

    /// <param name="plan">Faces, charts and offsets.</param>
    /// <param name="chart">Index of the chart.</param>
    /// <param name="view">Its photo's place and lens.</param>
    /// <param name="photo">Its photo.</param>
    /// <param name="options">As the plan was made with.</param>
    /// <param name="cancellationToken">Asked at each face.</param>
    /// <returns>Width × height × 3 of the chart's place.</returns>
    public static ImageBuffer Paint(
        TexturePlan plan, int chart, TextureView view, PhotoPyramid photo, TexturingOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(options);
        ChartPlace place = plan.Layout.Places[chart];
        var picture = new ImageBuffer(place.Width, place.Height, 3);
        var painted = new bool[place.Width * place.Height];
        int level = Math.Clamp((int)Math.Floor(LevelBias - Math.Log2(plan.Layout.Scale)), 0, photo.Levels.Count - 1);
        ImageBuffer source = photo.Levels[level];
        foreach (int face in plan.Charts[chart].Faces)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PaintFace(plan, chart, face, view, source, 1f / (1 << level), picture, painted);
        }

        ChartPadding.Fill(picture, painted, options.Padding + 1);
        return picture;
    }

    /// <summary>Paints the chart of a face that no photo sees: its corners' colours and what lies between, and beside the edges too.</summary>
    public static ImageBuffer PaintUnseen(TexturePlan plan, int chart)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ChartPlace place = plan.Layout.Places[chart];
        var picture = new ImageBuffer(place.Width, place.Height, 3);
        int corner = 3 * plan.Charts[chart].Faces[0];
        ScreenTriangle triangle = TriangleOf(plan, chart, corner);
        for (int at = 0; at < place.Width * place.Height; at++)
        {
            (double a, double b, double c) = triangle.WeightsAt((at % place.Width) + 0.5, (at / place.Width) + 0.5);
            (a, b, c) = (Math.Max(0, a), Math.Max(0, b), Math.Max(0, c));
            for (int channel = 0; channel < 3; channel++)
            {
                double level = ((a * plan.UnseenAt(corner, channel)) + (b * plan.UnseenAt(corner + 1, channel))
                    + (c * plan.UnseenAt(corner + 2, channel))) / (a + b + c);
                picture.Pixels[(3 * at) + channel] = (byte)(Math.Clamp(level, 0, 255) + 0.5);
            }
        }

        return picture;
    }

    private static void PaintFace(
        TexturePlan plan, int chart, int face, TextureView view, ImageBuffer source, float scale, ImageBuffer picture, bool[] painted)
    {
        int corner = 3 * face;
        ScreenTriangle triangle = TriangleOf(plan, chart, corner);
        (int a, int b, int c) = plan.World.CornersOf(face);
        Vector3D pointA = view.ToCamera(plan.World.PointOf(a));
        Vector3D pointB = view.ToCamera(plan.World.PointOf(b));
        Vector3D pointC = view.ToCamera(plan.World.PointOf(c));
        Vector128<float> offsetA = OffsetAt(plan, corner);
        Vector128<float> offsetB = OffsetAt(plan, corner + 1);
        Vector128<float> offsetC = OffsetAt(plan, corner + 2);

        int left = Math.Max(0, (int)Math.Floor(triangle.Left - 1));
        int right = Math.Min(picture.Width - 1, (int)Math.Ceiling(triangle.Right));
        int top = Math.Max(0, (int)Math.Floor(triangle.Top - 1));
        int bottom = Math.Min(picture.Height - 1, (int)Math.Ceiling(triangle.Bottom));
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                (double wa, double wb, double wc) = triangle.WeightsAt(x + 0.5, y + 0.5);
                if (wa < 0 || wb < 0 || wc < 0 || triangle.Area <= 0
                    || !view.TryProject((wa * pointA) + (wb * pointB) + (wc * pointC), out Vector2D pixel))
                {
                    continue;
                }

                Vector128<float> color = PhotoSampler.Cubic(source, (float)(pixel.X * scale), (float)(pixel.Y * scale))
                    + ((float)wa * offsetA) + ((float)wb * offsetB) + ((float)wc * offsetC);
                int at = (y * picture.Width) + x;
                painted[at] = true;
                for (int channel = 0; channel < 3; channel++)
                {
                    picture.Pixels[(3 * at) + channel] = (byte)(Math.Clamp(color.GetElement(channel), 0, 255) + 0.5f);
                }
            }
        }
    }

    private static ScreenTriangle TriangleOf(TexturePlan plan, int chart, int corner) => new(
        plan.TexelInChart(chart, corner), plan.TexelInChart(chart, corner + 1), plan.TexelInChart(chart, corner + 2));

    private static Vector128<float> OffsetAt(TexturePlan plan, int corner) =>
        Vector128.Create(plan.OffsetAt(corner, 0), plan.OffsetAt(corner, 1), plan.OffsetAt(corner, 2), 0);
}
