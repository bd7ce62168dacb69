using OdmNode.Imaging.Buffers;

namespace OdmNode.Dense.Texturing;

/// <summary>Continues the colours of a chart beyond its edges, so that filters and smaller copies of the atlas find none of another.</summary>
internal static class ChartPadding
{
    /// <param name="picture">The chart.</param>
    /// <param name="painted">Which texels have a colour; changed.</param>
    /// <param name="texels">How far colours reach.</param>
    public static void Fill(ImageBuffer picture, bool[] painted, int texels)
    {
        var rim = new List<int>();
        for (int at = 0; at < painted.Length; at++)
        {
            if (painted[at] && HasOpenNeighbour(picture, painted, at))
            {
                rim.Add(at);
            }
        }

        for (int ring = 0; ring < texels; ring++)
        {
            rim = Grow(picture, painted, rim);
        }
    }

    private static bool HasOpenNeighbour(ImageBuffer picture, bool[] painted, int at)
    {
        (int y, int x) = Math.DivRem(at, picture.Width);
        return (x > 0 && !painted[at - 1])
            || (x + 1 < picture.Width && !painted[at + 1])
            || (y > 0 && !painted[at - picture.Width])
            || (y + 1 < picture.Height && !painted[at + picture.Width]);
    }

    private static List<int> Grow(ImageBuffer picture, bool[] painted, List<int> rim)
    {
        var grown = new List<int>(rim.Count);
        foreach (int at in rim)
        {
            (int y, int x) = Math.DivRem(at, picture.Width);
            Take(at, at - 1, x > 0);
            Take(at, at + 1, x + 1 < picture.Width);
            Take(at, at - picture.Width, y > 0);
            Take(at, at + picture.Width, y + 1 < picture.Height);
        }

        return grown;

        void Take(int from, int to, bool inside)
        {
            if (inside && !painted[to])
            {
                painted[to] = true;
                picture.Pixels.AsSpan(3 * from, 3).CopyTo(picture.Pixels.AsSpan(3 * to, 3));
                grown.Add(to);
            }
        }
    }
}
