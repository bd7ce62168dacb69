using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OdmNode.Geospatial.Orthophoto;

/// <content>Eight rays at a time, all of one length: from points close together to one camera, so that what lets one leap lets the others leap too.</content>
internal sealed partial class HorizonMap
{
    /// <summary>As <see cref="HidesAt"/>, for eight points: the same answers.</summary>
    /// <param name="columns">Places of the points.</param>
    /// <param name="rows">Places of the points.</param>
    /// <param name="up">Heights of the points, metres; NaN where nothing is asked.</param>
    /// <param name="toEast">From the points to the camera, metres.</param>
    /// <param name="toNorth">From the points to the camera, metres.</param>
    /// <param name="toUp">From the points to the camera, metres; upwards.</param>
    /// <param name="reachMetres">How far in plan to look.</param>
    /// <param name="enough">The rise that hides, metres.</param>
    /// <returns>All bits set in the lanes of points that are hidden.</returns>
    public Vector256<int> HidesEight(
        in EightPlaces columns, in EightPlaces rows, Vector256<float> up, Vector256<float> toEast, Vector256<float> toNorth, Vector256<float> toUp,
        float reachMetres, float enough)
    {
        if (Avx2.IsSupported)
        {
            return HidesEightByGathers(columns, rows, up, toEast, toNorth, toUp, reachMetres, enough);
        }

        Vector256<int> hidden = Vector256<int>.Zero;
        for (int lane = 0; lane < Vector256<int>.Count; lane++)
        {
            (float East, float North, float Up) toCamera = (toEast.GetElement(lane), toNorth.GetElement(lane), toUp.GetElement(lane));
            bool isHidden = HidesAt(columns.Of(lane), rows.Of(lane), up.GetElement(lane), toCamera, reachMetres, enough);
            hidden = isHidden ? hidden.WithElement(lane, -1) : hidden;
        }

        return hidden;
    }

    private unsafe Vector256<int> HidesEightByGathers(
        in EightPlaces columns, in EightPlaces rows, Vector256<float> up, Vector256<float> toEast, Vector256<float> toNorth, Vector256<float> toUp,
        float reachMetres, float enough)
    {
        Vector256<float> plan = Vector256.Sqrt((toEast * toEast) + (toNorth * toNorth));
        var rays = new EightRays(columns, rows, up, toEast / plan, -toNorth / plan, toUp / plan * resolution);
        Vector256<int> last = Avx.ConvertToVector256Int32WithTruncation(Vector256.Min(Vector256.Create(reachMetres), plan) * cellsPerMetre);
        Vector256<float> rise = Vector256.Create(MathF.BitDecrement(enough));
        Vector256<int> open = (Vector256.GreaterThanOrEqual(plan, Vector256.Create(1e-3f)) & Vector256.Equals(up, up)).AsInt32();
        Vector256<int> hidden = Vector256<int>.Zero;
        fixed (float* cells = heights, coarsest = maxima[0], coarse = maxima[1], fine = maxima[2])
        {
            int k = 1;
            while (true)
            {
                Vector256<float> ray = rays.HeightAfter(k) + rise;
                open &= Vector256.GreaterThanOrEqual(last, Vector256.Create(k)) & Vector256.LessThan(ray, Vector256.Create(highest)).AsInt32()
                    & rays.CellsAfter(k, width, height, out Vector256<int> x, out Vector256<int> y);
                if (open == Vector256<int>.Zero)
                {
                    return hidden;
                }

                int leap = IsBelow(coarsest, 0, x, y, open, ray) ? 1 << Shifts[0]
                    : IsBelow(coarse, 1, x, y, open, ray) ? 1 << Shifts[1]
                    : IsBelow(fine, 2, x, y, open, ray) ? 1 << Shifts[2]
                    : 0;
                if (leap > 0)
                {
                    k += leap;
                    continue;
                }

                // Nothing allows a leap here: test the next eight one by one before asking again.
                for (int end = k + 7; k <= end; k++)
                {
                    open &= Vector256.GreaterThanOrEqual(last, Vector256.Create(k)) & rays.CellsAfter(k, width, height, out x, out y);
                    Vector256<int> place = (y * width) + x;
                    Vector256<float> above = Avx2.GatherMaskVector256(Vector256.Create(float.NaN), cells, place, open.AsSingle(), sizeof(float))
                        - rays.HeightAfter(k);
                    Vector256<int> isHidden = Vector256.GreaterThan(above, rise).AsInt32() & open;
                    hidden |= isHidden;
                    open = Vector256.AndNot(open, isHidden);
                }
            }
        }
    }

    /// <summary>Whether no ray meets anything in the blocks of a level that the rays have come to, nor in those around.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe bool IsBelow(float* blocks, int level, Vector256<int> x, Vector256<int> y, Vector256<int> open, Vector256<float> ray)
    {
        Vector256<int> block = ((y >> Shifts[level]) * this.columns[level]) + (x >> Shifts[level]);
        Vector256<float> maximum = Avx2.GatherMaskVector256(
            Vector256.Create(float.NegativeInfinity), blocks, block, open.AsSingle(), sizeof(float));
        return !Vector256.GreaterThanAny(maximum, ray);
    }

    /// <summary>Eight rays, by cells walked in plan.</summary>
    private readonly struct EightRays(
        EightPlaces columns, EightPlaces rows, Vector256<float> up, Vector256<float> stepX, Vector256<float> stepY, Vector256<float> climb)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> HeightAfter(int cells) => up + (climb * cells);

        /// <summary>Cells of the window; all bits set in the lanes of rays that are within it.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<int> CellsAfter(int cells, int width, int height, out Vector256<int> x, out Vector256<int> y)
        {
            x = columns.CellsAfter(stepX * cells);
            y = rows.CellsAfter(stepY * cells);
            return (Vector256.LessThan(x.AsUInt32(), Vector256.Create((uint)width)) & Vector256.LessThan(y.AsUInt32(), Vector256.Create((uint)height))).AsInt32();
        }
    }
}
