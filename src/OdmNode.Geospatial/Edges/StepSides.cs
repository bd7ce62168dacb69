using OdmNode.Geospatial.Elevation;

namespace OdmNode.Geospatial.Edges;

/// <summary>Looks from every cell near a step for the sure surfaces around it, and continues them to the cell.</summary>
internal sealed class StepSides
{
    private const int Rays = 16;

    /// <summary>Of these rays every second one is enough in a narrow band: both surfaces lie beside it.</summary>
    private const int NarrowBandCells = 1;
    private const int ReachCells = 48;
    private const int SlopeCells = 4;
    private const float SteepestSlope = 1.2f;
    private const float MostScatter = 0.3f;
    private static readonly (sbyte X, sbyte Y)[] Star = MakeStar();
    private readonly float[] heights;
    private readonly int width;
    private readonly int height;
    private readonly byte[] leaps;
    private readonly SlopeField slopes;
    private readonly float cellMetres;
    private readonly float stepMetres;
    private readonly int rayStep;

    /// <param name="heights">height × width metres; NaN where unknown.</param>
    /// <param name="cells">Where they lie.</param>
    /// <param name="wanted">The cells to look from.</param>
    /// <param name="cellMetres">Edge of a cell.</param>
    /// <param name="stepMetres">A height difference between neighbours that is a step.</param>
    /// <param name="bandCells">Distance from a step within which heights are unsure, cells.</param>
    public StepSides(float[] heights, CellRectangle cells, CellRectangle wanted, float cellMetres, float stepMetres, int bandCells)
    {
        (this.heights, width, height) = (heights, cells.Width, cells.Height);
        (this.cellMetres, this.stepMetres) = (cellMetres, stepMetres);
        rayStep = bandCells <= NarrowBandCells ? 2 : 1;
        bool[] isNear = StepFinder.Near(heights, width, height, stepMetres, bandCells);
        leaps = Leaps(heights, isNear, width, height);
        slopes = new SlopeField(heights, isNear, width, height, cellMetres, SlopeCells);
        Upper = new float[heights.Length];
        Lower = new float[heights.Length];
        Array.Fill(Upper, float.NaN);
        Array.Fill(Lower, float.NaN);
        Span<float> found = stackalloc float[Rays];
        Span<float> weights = stackalloc float[Rays];
        (int left, int right) = (Math.Max(0, wanted.X - cells.X), Math.Min(width, wanted.X + wanted.Width - cells.X));
        (int top, int bottom) = (Math.Max(0, wanted.Y - cells.Y), Math.Min(height, wanted.Y + wanted.Height - cells.Y));
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                if (isNear[(y * width) + x])
                {
                    Continue(x, y, found, weights);
                }
            }
        }
    }

    /// <summary>height × width metres: the surface above; NaN where a cell is not beside a step of two smooth surfaces.</summary>
    public float[] Upper { get; }

    /// <summary>height × width metres: the surface below; NaN where <see cref="Upper"/> is.</summary>
    public float[] Lower { get; }

    /// <summary>Looks for the sure surfaces around a cell and continues them to it.</summary>
    private void Continue(int x, int y, Span<float> found, Span<float> weights)
    {
        int count = 0;
        for (int ray = 0; ray < Rays; ray += rayStep)
        {
            int k = leaps[(y * width) + x];
            while (k <= ReachCells)
            {
                (sbyte dx, sbyte dy) = Star[(ray * ReachCells) + k - 1];
                int column = x + dx;
                int row = y + dy;
                if ((uint)column >= (uint)width || (uint)row >= (uint)height)
                {
                    break;
                }

                int cell = (row * width) + column;
                if (leaps[cell] > 0)
                {
                    k += leaps[cell];
                    continue;
                }

                (float slopeX, float slopeY) = slopes.At(column, row, SteepestSlope);
                found[count] = heights[cell] + ((((x - column) * slopeX) + ((y - row) * slopeY)) * cellMetres);
                weights[count++] = 1f / (k * k);
                break;
            }
        }

        if (count < 3)
        {
            return;
        }

        Span<float> z = found[..count];
        Span<float> w = weights[..count];
        Sort(z, w);
        int split = Split(z, w);
        (float lower, float lowerScatter) = Middle(z[..split], w[..split]);
        (float upper, float upperScatter) = Middle(z[split..], w[split..]);
        if (upper - lower > stepMetres && Math.Max(lowerScatter, upperScatter) < MostScatter * (upper - lower))
        {
            int cell = (y * width) + x;
            (Upper[cell], Lower[cell]) = (upper, lower);
        }
    }

    /// <summary>How many cells away the nearest sure one is, diagonals counted as one: a ray may leap so far. 0 at sure cells, at most 255.</summary>
    private static byte[] Leaps(float[] heights, bool[] isNear, int width, int height)
    {
        byte[] leaps = new byte[heights.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int cell = (y * width) + x;
                if (isNear[cell] || float.IsNaN(heights[cell]))
                {
                    int least = x > 0 ? leaps[cell - 1] : byte.MaxValue;
                    for (int column = Math.Max(0, x - 1); y > 0 && column <= Math.Min(width - 1, x + 1); column++)
                    {
                        least = Math.Min(least, leaps[cell - width + column - x]);
                    }

                    leaps[cell] = (byte)Math.Min(byte.MaxValue, least + 1);
                }
            }
        }

        for (int y = height - 1; y >= 0; y--)
        {
            for (int x = width - 1; x >= 0; x--)
            {
                int cell = (y * width) + x;
                int least = leaps[cell] - 1;
                if (least < 1)
                {
                    continue;
                }

                least = x + 1 < width ? Math.Min(least, leaps[cell + 1]) : least;
                for (int column = Math.Max(0, x - 1); y + 1 < height && column <= Math.Min(width - 1, x + 1); column++)
                {
                    least = Math.Min(least, leaps[cell + width + column - x]);
                }

                leaps[cell] = (byte)(least + 1);
            }
        }

        return leaps;
    }

    /// <summary>Cells along the rays, one after the other: Rays × <see cref="ReachCells"/>.</summary>
    private static (sbyte X, sbyte Y)[] MakeStar()
    {
        var star = new (sbyte X, sbyte Y)[Rays * ReachCells];
        for (int i = 0; i < star.Length; i++)
        {
            (float sin, float cos) = MathF.SinCos(2 * MathF.PI * (i / ReachCells) / Rays);
            int k = (i % ReachCells) + 1;
            star[i] = ((sbyte)MathF.Round(cos * k), (sbyte)MathF.Round(sin * k));
        }

        return star;
    }

    /// <summary>By insertion, which is what a handful of values along rays side by side, hardly out of order, takes least time for.</summary>
    private static void Sort(Span<float> values, Span<float> weights)
    {
        for (int i = 1; i < values.Length; i++)
        {
            (float value, float weight) = (values[i], weights[i]);
            int k = i;
            for (; k > 0 && values[k - 1] > value; k--)
            {
                (values[k], weights[k]) = (values[k - 1], weights[k - 1]);
            }

            (values[k], weights[k]) = (value, weight);
        }
    }

    /// <summary>Where to cut sorted values so that the two groups differ most (N. Otsu, A threshold selection method, 1979).</summary>
    private static int Split(ReadOnlySpan<float> sorted, ReadOnlySpan<float> weights)
    {
        float total = 0;
        float moment = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            total += weights[i];
            moment += weights[i] * (sorted[i] - sorted[0]);
        }

        int best = 1;
        float most = -1;
        float below = 0;
        float belowMoment = 0;
        for (int i = 1; i < sorted.Length; i++)
        {
            below += weights[i - 1];
            belowMoment += weights[i - 1] * (sorted[i - 1] - sorted[0]);
            float difference = (belowMoment / below) - ((moment - belowMoment) / (total - below));
            float between = below * (total - below) * difference * difference;
            (most, best) = between > most ? (between, i) : (most, best);
        }

        return best;
    }

    /// <summary>Weighted median, and mean distance from it.</summary>
    private static (float Median, float Scatter) Middle(ReadOnlySpan<float> sorted, ReadOnlySpan<float> weights)
    {
        float total = 0;
        foreach (float weight in weights)
        {
            total += weight;
        }

        int middle = 0;
        for (float sum = weights[0]; sum < 0.5f * total && middle + 1 < sorted.Length; sum += weights[middle])
        {
            middle++;
        }

        float distance = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            distance += weights[i] * Math.Abs(sorted[i] - sorted[middle]);
        }

        return (sorted[middle], distance / total);
    }
}
