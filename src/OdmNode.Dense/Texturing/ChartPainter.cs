using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Resampling;

namespace OdmNode.Dense.Texturing;

/// <summary>Paints a chart from its photo.</summary>
/// <remarks>The photo is taken from the level of its pyramid whose pixels are about as large as texels.</remarks>
public static class ChartPainter
{
    /// <summary>A smaller copy of the photo serves from two thirds of its own density on: cubic interpolation hides so much flicker.</summary>
    private const double LevelBias = 0.4;

    /// <summary>The level of a view's photo that charts are painted from.</summary>
    public static int LevelOf(TexturePlan plan, TextureView view)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(view);
        int levels = PhotoPyramid.LevelsOf(view.Camera.Width, view.Camera.Height);
        return Math.Clamp((int)Math.Floor(LevelBias - Math.Log2(plan.Layout.Scale)), 0, levels - 1);
    }

    /// <param name="plan">Faces, charts and offsets.</param>
    /// <param name="chart">Index of the chart.</param>
    /// <param name="view">Its photo's place and lens.</param>
    /// <param name="photo">The level of its photo.</param>
    /// <param name="level">From <see cref="LevelOf"/>.</param>
    /// <param name="options">As the plan was made with.</param>
    /// <param name="cancellationToken">Asked at each face.</param>
    /// <returns>Width × height × 3 of the chart's place.</returns>
    public static ImageBuffer Paint(
        TexturePlan plan, int chart, TextureView view, ImageBuffer photo, int level, TexturingOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(options);
        ChartPlace place = plan.Layout.Places[chart];
        var picture = new ImageBuffer(place.Width, place.Height, 3);
        var painted = new bool[place.Width * place.Height];
        FacePainter[] faces = [.. plan.Charts[chart].Faces.Select(face => new FacePainter(plan, chart, face, view, photo, 1f / (1 << level)))];
        foreach (ref readonly FacePainter face in faces.AsSpan())
        {
            cancellationToken.ThrowIfCancellationRequested();
            face.PaintInside(picture, painted);
        }

        foreach (ref readonly FacePainter face in faces.AsSpan())
        {
            face.PaintEdges(picture, painted);
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
        ScreenTriangle triangle = plan.TriangleOf(chart, corner / 3);
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
}
