using OdmNode.Geometry.Linear;

namespace OdmNode.Dense.Texturing;

/// <summary>Puts faces together to charts.</summary>
/// <remarks>
/// What hangs together in one photo is cut along a grid of that photo, because the rectangle around a piece that winds
/// through half a photo is mostly empty. A cut is no seam: both sides show the same photo with the same offsets.
/// </remarks>
/// <param name="labels">A view for each face, or -1.</param>
/// <param name="pixels">Full-size pixel of each corner.</param>
internal sealed class ChartBuilder(int[] labels, Vector2D[] pixels)
{
    private const int CellPixels = 512;
    private const float UnseenSide = 4;

    /// <summary>Charts of connected faces with the same photo.</summary>
    public List<TextureChart> Connect(int[] neighbours)
    {
        var charts = new List<TextureChart>();
        var done = new bool[labels.Length];
        var open = new Stack<int>();
        for (int seed = 0; seed < labels.Length; seed++)
        {
            if (done[seed] || labels[seed] < 0)
            {
                continue;
            }

            var faces = new List<int>();
            (int, int) cell = CellOf(seed);
            done[seed] = true;
            open.Push(seed);
            while (open.TryPop(out int face))
            {
                faces.Add(face);
                for (int e = 0; e < 3; e++)
                {
                    int other = neighbours[(3 * face) + e];
                    if (other >= 0 && !done[other] && labels[other] == labels[seed] && CellOf(other) == cell)
                    {
                        done[other] = true;
                        open.Push(other);
                    }
                }
            }

            faces.Sort();
            charts.Add(Around(labels[seed], [.. faces]));
        }

        return charts;
    }

    /// <summary>A small chart for each face that no photo sees; its corners' pixels are filled in.</summary>
    public IEnumerable<TextureChart> Unseen(int[] faces)
    {
        foreach (int face in faces)
        {
            pixels[3 * face] = new Vector2D(0, 0);
            pixels[(3 * face) + 1] = new Vector2D(UnseenSide, 0);
            pixels[(3 * face) + 2] = new Vector2D(0, UnseenSide);
            yield return new TextureChart(TextureChart.NoView, [face], 0, 0, UnseenSide, UnseenSide);
        }
    }

    private (int X, int Y) CellOf(int face)
    {
        Vector2D sum = pixels[3 * face] + pixels[(3 * face) + 1] + pixels[(3 * face) + 2];
        return ((int)(sum.X / (3 * CellPixels)), (int)(sum.Y / (3 * CellPixels)));
    }

    private TextureChart Around(int view, int[] faces)
    {
        (double left, double top, double right, double bottom) = (double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        foreach (int face in faces)
        {
            for (int corner = 3 * face; corner < (3 * face) + 3; corner++)
            {
                left = Math.Min(left, pixels[corner].X);
                top = Math.Min(top, pixels[corner].Y);
                right = Math.Max(right, pixels[corner].X);
                bottom = Math.Max(bottom, pixels[corner].Y);
            }
        }

        return new TextureChart(view, faces, (float)left, (float)top, (float)(right - left), (float)(bottom - top));
    }
}
