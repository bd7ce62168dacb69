using System.Runtime.Intrinsics;
using OdmNode.Geospatial.Elevation;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>Colours of some cells, averaged down a pyramid and spread from there over the others: three channels at a time.</summary>
/// <remarks>
/// As <see cref="PullPush"/> does it with heights (S. J. Gortler et al., The Lumigraph, SIGGRAPH 1996, section 3.4). A level's colours have 1 in
/// the fourth lane where something is known, else 0 in all lanes.
/// </remarks>
internal sealed class ColorPyramid
{
    private readonly Vector128<float>[] colors;
    private readonly int x;
    private readonly int y;
    private readonly int width;
    private readonly int height;

    /// <summary>An empty level of half the size of a rectangle, cut at even cells of the grid.</summary>
    private ColorPyramid(int x, int y, int width, int height)
    {
        (this.x, this.y) = (x >> 1, y >> 1);
        this.width = ((x + width - 1) >> 1) - this.x + 1;
        this.height = ((y + height - 1) >> 1) - this.y + 1;
        colors = new Vector128<float>[this.width * this.height];
    }

    /// <param name="pixels">height × width × 4 bytes.</param>
    /// <param name="sources">The pixels that have a say.</param>
    /// <param name="cells">Where they lie.</param>
    /// <param name="levels">Levels of the pyramid; a colour reaches no farther than 2^(levels + 1) cells.</param>
    public static ColorPyramid Of(ReadOnlySpan<byte> pixels, ReadOnlySpan<int> sources, CellRectangle cells, int levels)
    {
        var level = new ColorPyramid(cells.X, cells.Y, cells.Width, cells.Height);
        foreach (int source in sources)
        {
            (int row, int column) = Math.DivRem(source, cells.Width);
            level.colors[level.Parent(cells.X + column, cells.Y + row)] += ColorAt(pixels, source);
        }

        level.Average();
        level.FillFrom(levels - 1);
        return level;
    }

    /// <summary>A pixel's colour as the pyramid holds them.</summary>
    public static Vector128<float> ColorAt(ReadOnlySpan<byte> pixels, int pixel) =>
        Vector128.Create(pixels[4 * pixel], pixels[(4 * pixel) + 1], pixels[(4 * pixel) + 2], 1f);

    /// <summary>Whether a colour is known.</summary>
    public static bool IsKnown(Vector128<float> color) => color.GetElement(3) > 0;

    /// <summary>The colour of a cell of the grid, interpolated; unknown where nothing reaches it.</summary>
    public Vector128<float> At(int column, int row)
    {
        int parent = Parent(column, row);
        (int cy, int cx) = Math.DivRem(parent, width);
        int nx = Math.Clamp((column & 1) == 0 ? cx - 1 : cx + 1, 0, width - 1);
        int ny = Math.Clamp((row & 1) == 0 ? cy - 1 : cy + 1, 0, height - 1);
        Vector128<float> sum = Vector128.Create(0.5625f) * colors[parent];
        sum += Vector128.Create(0.1875f) * colors[(cy * width) + nx];
        sum += Vector128.Create(0.1875f) * colors[(ny * width) + cx];
        sum += Vector128.Create(0.0625f) * colors[(ny * width) + nx];
        return Mean(sum);
    }

    /// <summary>Colours what is unknown of this level from coarser ones.</summary>
    private void FillFrom(int levels)
    {
        if (levels == 0)
        {
            return;
        }

        var coarser = new ColorPyramid(x, y, width, height);
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                coarser.colors[coarser.Parent(x + column, y + row)] += colors[(row * width) + column];
            }
        }

        coarser.Average();
        coarser.FillFrom(levels - 1);
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                ref Vector128<float> color = ref colors[(row * width) + column];
                color = IsKnown(color) ? color : coarser.At(x + column, y + row);
            }
        }
    }

    /// <summary>Sums become means.</summary>
    private void Average()
    {
        foreach (ref Vector128<float> color in colors.AsSpan())
        {
            color = Mean(color);
        }
    }

    private static Vector128<float> Mean(Vector128<float> sum)
    {
        float weight = sum.GetElement(3);
        return weight > 0 ? sum / Vector128.Create(weight) : Vector128<float>.Zero;
    }

    /// <summary>Which cell of this level holds a cell of the next finer one.</summary>
    private int Parent(int column, int row) => (((row >> 1) - y) * width) + (column >> 1) - x;
}
