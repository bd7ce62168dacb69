using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OdmNode.Geospatial.Elevation;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>
/// Gives calm colours to ground that no photo shows: those of the visible ground around it, spread smoothly, without texture
/// that would claim to be there. What stands higher, such as the wall or tree that hides it, has no say.
/// </summary>
/// <remarks>
/// Beside a building hidden ground is a strip. Where it goes on for many metres, as behind a wood at the rim of a survey, nothing is known of
/// it, the surface least of all: there the photo that is hidden least says more than a smear would.
/// </remarks>
internal static class HiddenFiller
{
    /// <summary>Cells around a hidden cell that its colour may depend on.</summary>
    public const int ReachCells = 256;

    /// <summary>Alpha of a cell that is hidden; its colour is that of the least hidden photo, for want of a better.</summary>
    public const byte HiddenAlpha = 1;

    /// <summary>
    /// Alpha of a cell hidden so little, or so close to hidden ones, that its colour may be that of what hides them; one that stands higher keeps it.
    /// </summary>
    public const byte RimAlpha = 2;

    private const int Levels = 6;
    private const int SmoothingRounds = 16;

    /// <summary>Most cells that a strip is wide: within what the levels reach.</summary>
    private const int MostStripCells = 120;

    /// <summary>Shares of a strip's width: so near to where it is wide the photo has all the say, and so far from there it has none.</summary>
    private const float PhotoShare = 0.625f;
    private const float GroundShare = 0.875f;

    /// <param name="pixels">height × width × 4 bytes; hidden cells are given colours and an alpha of 255.</param>
    /// <param name="heights">height × width metres; overwritten.</param>
    /// <param name="cells">The rectangle; it begins at multiples of 4 cells.</param>
    /// <param name="stripCells">Hidden ground farther from visible one is wide; see <see cref="OrthophotoOptions.HiddenStripMetres"/>.</param>
    public static void Fill(byte[] pixels, float[] heights, CellRectangle cells, double stripCells)
    {
        var parts = HiddenParts.Of(pixels, heights, cells);
        if (parts.Hidden.Length == 0)
        {
            return;
        }

        float[] shares = Shares(parts, cells, (float)Math.Min(MostStripCells, stripCells));
        Vector128<float>[] calm = Calm(pixels, parts, cells, MemoryMarshal.Cast<float, int>(heights.AsSpan()));
        for (int k = 0; k < shares.Length; k++)
        {
            Span<byte> pixel = pixels.AsSpan(4 * parts.Hidden[k], 4);
            for (int channel = 0; channel < 3; channel++)
            {
                float value = pixel[channel];
                pixel[channel] = (byte)Math.Clamp((int)(value + (shares[k] * (calm[k].GetElement(channel) - value)) + 0.5f), 0, 255);
            }

            pixel[3] = 255;
        }
    }

    /// <summary>The colours of the ground around, spread smoothly over the hidden cells; their own where nothing reaches them.</summary>
    /// <param name="pixels">height × width × 4 bytes.</param>
    /// <param name="parts">Their parts.</param>
    /// <param name="cells">The rectangle.</param>
    /// <param name="slots">height × width, of any content; overwritten.</param>
    private static Vector128<float>[] Calm(byte[] pixels, HiddenParts parts, CellRectangle cells, Span<int> slots)
    {
        var pyramid = ColorPyramid.Of(pixels, parts.Sources, cells, Levels);
        var colors = new Vector128<float>[parts.Hidden.Length + parts.Sources.Length];
        for (int k = 0; k < parts.Hidden.Length; k++)
        {
            (int row, int column) = Math.DivRem(parts.Hidden[k], cells.Width);
            Vector128<float> color = pyramid.At(cells.X + column, cells.Y + row);
            colors[k] = ColorPyramid.IsKnown(color) ? color : ColorPyramid.ColorAt(pixels, parts.Hidden[k]);
        }

        for (int k = 0; k < parts.Sources.Length; k++)
        {
            colors[parts.Hidden.Length + k] = ColorPyramid.ColorAt(pixels, parts.Sources[k]);
        }

        Smooth(colors, parts.Neighbours(cells, slots));
        return colors;
    }

    /// <summary>Averages colours with those of their neighbours, as <see cref="GapSmoother"/> does it with heights.</summary>
    /// <param name="colors">With 1 in the fourth lane.</param>
    /// <param name="stars">Five places among the colours: one that changes and its neighbours, -1 where they have no say.</param>
    private static void Smooth(Vector128<float>[] colors, int[] stars)
    {
        var next = new Vector128<float>[stars.Length / 5];
        for (int round = 0; round < SmoothingRounds; round++)
        {
            for (int k = 0; k < next.Length; k++)
            {
                ReadOnlySpan<int> star = stars.AsSpan(5 * k, 5);
                Vector128<float> sum = colors[star[0]];
                sum = star[1] < 0 ? sum : sum + colors[star[1]];
                sum = star[2] < 0 ? sum : sum + colors[star[2]];
                sum = star[3] < 0 ? sum : sum + colors[star[3]];
                sum = star[4] < 0 ? sum : sum + colors[star[4]];
                next[k] = sum / Vector128.Create(sum.GetElement(3));
            }

            for (int k = 0; k < next.Length; k++)
            {
                colors[stars[5 * k]] = next[k];
            }
        }
    }

    /// <summary>What share of the colour of each hidden cell is that of the ground around it: all but where hidden ground is wide.</summary>
    private static float[] Shares(HiddenParts parts, CellRectangle cells, float stripCells)
    {
        float[] shares = new float[parts.Hidden.Length];
        Array.Fill(shares, 1);
        float strip = stripCells * ChamferDistance.Unit;
        if (parts.FarthestHidden() <= strip)
        {
            return shares;
        }

        ushort[] distances = ChamferDistance.From(parts.Sources, cells.Width, cells.Height);
        int[] wide = Array.FindAll(parts.Hidden.ToArray(), i => distances[i] > strip);
        if (wide.Length == 0)
        {
            return shares;
        }

        distances = ChamferDistance.From(wide, cells.Width, cells.Height);
        for (int k = 0; k < shares.Length; k++)
        {
            shares[k] = Math.Clamp(((distances[parts.Hidden[k]] / strip) - PhotoShare) / (GroundShare - PhotoShare), 0, 1);
        }

        return shares;
    }
}
