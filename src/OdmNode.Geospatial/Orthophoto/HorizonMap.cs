using OdmNode.Geospatial.Elevation;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>Asks whether the surface hides a cell from a camera, by walking the ray over the height field.</summary>
/// <remarks>
/// Samples lie one cell apart. Maxima over blocks of 8, 32 and 128 cells, each with its neighbours, allow leaps where nothing
/// is high enough; the samples tested are a subset of the same ones, so leaping changes no answer.
/// </remarks>
internal sealed class HorizonMap
{
    private static readonly int[] Shifts = [7, 5, 3];
    private readonly SurfaceWindow window;
    private readonly float[] heights;
    private readonly int width;
    private readonly int height;
    private readonly float[][] maxima = new float[Shifts.Length][];
    private readonly int[] columns = new int[Shifts.Length];
    private readonly float highest;

    public HorizonMap(SurfaceWindow window)
    {
        this.window = window;
        heights = window.Heights;
        width = window.Cells.Width;
        height = window.Cells.Height;
        for (int level = 0; level < Shifts.Length; level++)
        {
            columns[level] = ((width - 1) >> Shifts[level]) + 1;
            maxima[level] = NeighbourMaxima(Shifts[level], columns[level], ((height - 1) >> Shifts[level]) + 1);
        }

        highest = float.NegativeInfinity;
        foreach (float value in maxima[0])
        {
            highest = Math.Max(highest, value);
        }
    }

    /// <summary>How far the surface rises above the ray from a point to a camera, metres, where it rises most; 0 where nothing does.</summary>
    /// <param name="east">Map coordinates of the point.</param>
    /// <param name="north">Map coordinates of the point.</param>
    /// <param name="up">Height of the point, metres.</param>
    /// <param name="toCamera">From the point to the camera, metres; upwards.</param>
    /// <param name="reachMetres">How far in plan to look.</param>
    public float RiseAbove(double east, double north, float up, (float East, float North, float Up) toCamera, float reachMetres) =>
        Walk(east, north, up, toCamera, reachMetres, 0, float.PositiveInfinity);

    /// <summary>Whether the surface rises above that ray by at least <paramref name="enough"/> metres; the walk passes over all that is lower.</summary>
    public bool Hides(double east, double north, float up, (float East, float North, float Up) toCamera, float reachMetres, float enough) =>
        Walk(east, north, up, toCamera, reachMetres, MathF.BitDecrement(enough), enough) >= enough;

    /// <summary>The largest rise from <paramref name="rise"/> on; ends at one of <paramref name="enough"/>.</summary>
    private float Walk(
        double east, double north, float up, (float East, float North, float Up) toCamera, float reachMetres, float rise, float enough)
    {
        double resolution = window.Grid.Resolution;
        float startX = (float)(((east - window.Grid.West) / resolution) - window.Cells.X);
        float startY = (float)(((window.Grid.North - north) / resolution) - window.Cells.Y);
        float plan = MathF.Sqrt((toCamera.East * toCamera.East) + (toCamera.North * toCamera.North));
        if (plan < 1e-3f)
        {
            return rise;
        }

        float stepX = toCamera.East / plan;
        float stepY = -toCamera.North / plan;
        float climb = (float)(toCamera.Up / plan * resolution);
        int last = (int)(Math.Min(reachMetres, plan) / resolution);
        int k = 1;
        while (k <= last)
        {
            float ray = up + (climb * k);
            if (ray + rise >= highest)
            {
                break;
            }

            int x = (int)(startX + (stepX * k));
            int y = (int)(startY + (stepY * k));
            if ((uint)x >= (uint)width || (uint)y >= (uint)height)
            {
                break;
            }

            int leap = 0;
            for (int level = 0; level < Shifts.Length; level++)
            {
                int block = ((y >> Shifts[level]) * columns[level]) + (x >> Shifts[level]);
                if (maxima[level][block] <= ray + rise)
                {
                    leap = 1 << Shifts[level];
                    break;
                }
            }

            if (leap > 0)
            {
                k += leap;
                continue;
            }

            // Nothing allows a leap here: test the next eight one by one before asking again.
            int end = Math.Min(last, k + 7);
            for (; k <= end; k++)
            {
                x = (int)(startX + (stepX * k));
                y = (int)(startY + (stepY * k));
                if ((uint)x >= (uint)width || (uint)y >= (uint)height)
                {
                    return rise;
                }

                float above = heights[(y * width) + x] - (up + (climb * k));
                if (above > rise)
                {
                    rise = above;
                    if (rise >= enough)
                    {
                        return rise;
                    }
                }
            }
        }

        return rise;
    }

    private float[] NeighbourMaxima(int shift, int blockColumns, int blockRows)
    {
        float[] own = new float[blockColumns * blockRows];
        Array.Fill(own, float.NegativeInfinity);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float value = heights[(y * width) + x];
                ref float maximum = ref own[((y >> shift) * blockColumns) + (x >> shift)];
                if (value > maximum)
                {
                    maximum = value;
                }
            }
        }

        float[] around = new float[own.Length];
        for (int y = 0; y < blockRows; y++)
        {
            for (int x = 0; x < blockColumns; x++)
            {
                float maximum = float.NegativeInfinity;
                for (int row = Math.Max(0, y - 1); row <= Math.Min(blockRows - 1, y + 1); row++)
                {
                    for (int column = Math.Max(0, x - 1); column <= Math.Min(blockColumns - 1, x + 1); column++)
                    {
                        maximum = Math.Max(maximum, own[(row * blockColumns) + column]);
                    }
                }

                around[(y * blockColumns) + x] = maximum;
            }
        }

        return around;
    }
}
