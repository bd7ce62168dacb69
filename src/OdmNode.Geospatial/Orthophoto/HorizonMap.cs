using System.Runtime.Intrinsics;
using OdmNode.Geospatial.Elevation;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>Asks whether the surface hides a cell from a camera, by walking the ray over the height field.</summary>
/// <remarks>
/// Samples lie one cell apart. Maxima over blocks of 8, 32 and 128 cells, each with its neighbours, allow leaps where nothing
/// is high enough; the samples tested are a subset of the same ones, so leaping changes no answer.
/// </remarks>
internal sealed partial class HorizonMap
{
    private static readonly int[] Shifts = [7, 5, 3];
    private readonly SurfaceWindow window;
    private readonly float[] heights;
    private readonly int width;
    private readonly int height;
    private readonly float[][] maxima = new float[Shifts.Length][];
    private readonly int[] columns = new int[Shifts.Length];
    private readonly float highest;
    private readonly float resolution;
    private readonly float cellsPerMetre;

    public HorizonMap(SurfaceWindow window)
    {
        this.window = window;
        heights = window.Heights;
        resolution = (float)window.Grid.Resolution;
        cellsPerMetre = (float)(1 / window.Grid.Resolution);
        width = window.Cells.Width;
        height = window.Cells.Height;
        float[] finer = heights;
        int finerWidth = width;
        int finerHeight = height;
        for (int level = Shifts.Length - 1; level >= 0; level--)
        {
            int merged = Shifts[level] - (level + 1 < Shifts.Length ? Shifts[level + 1] : 0);
            finer = BlockMaxima(finer, finerWidth, finerHeight, merged);
            finerWidth = ((finerWidth - 1) >> merged) + 1;
            finerHeight = ((finerHeight - 1) >> merged) + 1;
            columns[level] = finerWidth;
            maxima[level] = NeighbourMaxima(finer, finerWidth, finerHeight);
        }

        highest = float.NegativeInfinity;
        foreach (float value in maxima[0])
        {
            highest = Math.Max(highest, value);
        }
    }

    /// <summary>
    /// How far the surface rises above the ray from a point to a camera, metres, where it rises most; 0 where nothing does. The walk ends where that is
    /// <paramref name="enough"/> or more.
    /// </summary>
    /// <param name="east">Map coordinates of the point.</param>
    /// <param name="north">Map coordinates of the point.</param>
    /// <param name="up">Height of the point, metres.</param>
    /// <param name="toCamera">From the point to the camera, metres; upwards.</param>
    /// <param name="reachMetres">How far in plan to look.</param>
    /// <param name="enough">A rise that is as good as any larger one, metres.</param>
    public float RiseAbove(double east, double north, float up, (float East, float North, float Up) toCamera, float reachMetres, float enough) =>
        Walk(ColumnOf(east), RowOf(north), up, toCamera, reachMetres, 0, enough);

    /// <summary>Whether the surface rises above the ray from a point by at least <paramref name="enough"/> metres; the walk passes over all that is lower.</summary>
    public bool HidesAt(CellPlace column, CellPlace row, float up, (float East, float North, float Up) toCamera, float reachMetres, float enough) =>
        Walk(column, row, up, toCamera, reachMetres, MathF.BitDecrement(enough), enough) >= enough;

    /// <summary>Place of an easting in the window.</summary>
    public CellPlace ColumnOf(double east) => CellPlace.Of((east - window.Grid.West) / window.Grid.Resolution, window.Cells.X);

    /// <summary>Place of a northing in the window.</summary>
    public CellPlace RowOf(double north) => CellPlace.Of((window.Grid.North - north) / window.Grid.Resolution, window.Cells.Y);

    /// <summary>The largest rise from <paramref name="rise"/> on; ends at one of <paramref name="enough"/>.</summary>
    private float Walk(
        CellPlace startX, CellPlace startY, float up, (float East, float North, float Up) toCamera, float reachMetres, float rise, float enough)
    {
        float plan = MathF.Sqrt((toCamera.East * toCamera.East) + (toCamera.North * toCamera.North));
        if (plan < 1e-3f)
        {
            return rise;
        }

        float stepX = toCamera.East / plan;
        float stepY = -toCamera.North / plan;
        float climb = toCamera.Up / plan * resolution;
        int last = (int)(Math.Min(reachMetres, plan) * cellsPerMetre);
        int k = 1;
        while (k <= last)
        {
            float ray = up + (climb * k);
            if (ray + rise >= highest)
            {
                break;
            }

            int x = startX.CellAfter(stepX * k);
            int y = startY.CellAfter(stepY * k);
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
                x = startX.CellAfter(stepX * k);
                y = startY.CellAfter(stepY * k);
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

    /// <summary>The highest of each block; minus infinity where nothing is known.</summary>
    private static float[] BlockMaxima(float[] values, int width, int height, int shift)
    {
        int blockColumns = ((width - 1) >> shift) + 1;
        float[] blocks = new float[blockColumns * (((height - 1) >> shift) + 1)];
        Array.Fill(blocks, float.NegativeInfinity);
        float[] line = new float[width];
        for (int top = 0; top < height; top += 1 << shift)
        {
            Array.Fill(line, float.NegativeInfinity);
            for (int y = top; y < Math.Min(height, top + (1 << shift)); y++)
            {
                RaiseTo(line, values.AsSpan(y * width, width));
            }

            Span<float> row = blocks.AsSpan((top >> shift) * blockColumns, blockColumns);
            for (int x = 0; x < width; x++)
            {
                ref float maximum = ref row[x >> shift];
                maximum = Math.Max(maximum, line[x]);
            }
        }

        return blocks;
    }

    private static void RaiseTo(Span<float> line, ReadOnlySpan<float> values)
    {
        int i = 0;
        for (; i + Vector256<float>.Count <= line.Length; i += Vector256<float>.Count)
        {
            Vector256<float> value = Vector256.Create(values[i..]);
            Vector256<float> highest = Vector256.Create<float>(line[i..]);
            Vector256.ConditionalSelect(Vector256.GreaterThan(value, highest), value, highest).CopyTo(line[i..]);
        }

        for (; i < line.Length; i++)
        {
            line[i] = values[i] > line[i] ? values[i] : line[i];
        }
    }

    /// <summary>The highest of each block and of the eight around it.</summary>
    private static float[] NeighbourMaxima(float[] own, int blockColumns, int blockRows)
    {
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
