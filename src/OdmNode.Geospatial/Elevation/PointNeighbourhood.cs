using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OdmNode.Geospatial.Elevation;

/// <summary>The points of nine bins, in the cells of the middle one, and the estimate of the height at a cell among them.</summary>
/// <remarks>
/// Eight points to a vector; the tail is padded with points out of reach. Lanes are added in a fixed order and nothing is fused,
/// so that every processor gives the same bits.
/// </remarks>
internal sealed class PointNeighbourhood(float radius, float cellMetres, float noiseMetres, int minimumPoints)
{
    private const float SlopeTolerance = 1.2f;
    private const float OutOfReach = 1e9f;
    private const float StrayShare = 0.15f;
    private const float FarthestCentre = 0.4f;
    private static readonly int Lanes = Vector256<float>.Count;
    private readonly float edgeStep = Math.Max(4 * noiseMetres, SlopeTolerance * radius * cellMetres);
    private float[] xs = new float[256];
    private float[] ys = new float[256];
    private float[] zs = new float[256];
    private float[] weights = new float[256];
    private float[] nearZ = new float[256];
    private float[] nearWeight = new float[256];
    private int count;
    private float baseHeight;

    /// <summary>Takes the points of a bin and of the eight around it.</summary>
    public void Gather(PointBins bins, int column, int row)
    {
        count = 0;
        for (int dy = -1; dy <= 1; dy++)
        {
            for (int dx = -1; dx <= 1; dx++)
            {
                (int start, int end) = bins.RangeOf(column + dx, row + dy);
                Reserve(count + end - start + Lanes);
                for (int i = start; i < end; i++, count++)
                {
                    xs[count] = bins.X[i] + (dx * bins.BinCells);
                    ys[count] = bins.Y[i] + (dy * bins.BinCells);
                    zs[count] = bins.Z[i];
                }
            }
        }

        // Sums of products of heights above the sea would lose the centimetres.
        baseHeight = count > 0 ? zs[0] : 0;
        for (int i = 0; i < count; i++)
        {
            zs[i] -= baseHeight;
        }

        xs.AsSpan(count, Lanes).Fill(OutOfReach);
        ys.AsSpan(count, Lanes).Fill(OutOfReach);
        zs.AsSpan(count, Lanes).Clear();
    }

    /// <summary>Height at a position in the cells of the middle bin, metres; NaN where too few points are near.</summary>
    public float HeightAt(float x, float y)
    {
        ref float px = ref MemoryMarshal.GetArrayDataReference(xs);
        ref float py = ref MemoryMarshal.GetArrayDataReference(ys);
        ref float pz = ref MemoryMarshal.GetArrayDataReference(zs);
        ref float pw = ref MemoryMarshal.GetArrayDataReference(weights);
        Vector256<float> cx = Vector256.Create(x);
        Vector256<float> cy = Vector256.Create(y);
        Vector256<float> perReach = Vector256.Create(1 / (radius * radius));
        Vector256<float> lowest = Vector256.Create(float.MaxValue);
        Vector256<float> highest = Vector256.Create(float.MinValue);
        Vector256<int> near = Vector256<int>.Zero;
        for (int i = 0; i < count; i += Lanes)
        {
            Vector256<float> dx = Vector256.LoadUnsafe(ref px, (nuint)i) - cx;
            Vector256<float> dy = Vector256.LoadUnsafe(ref py, (nuint)i) - cy;
            Vector256<float> z = Vector256.LoadUnsafe(ref pz, (nuint)i);
            Vector256<float> falloff = Vector256.Max(Vector256<float>.One - (((dx * dx) + (dy * dy)) * perReach), Vector256<float>.Zero);
            (falloff * falloff).StoreUnsafe(ref pw, (nuint)i);
            Vector256<float> inside = Vector256.GreaterThan(falloff, Vector256<float>.Zero);
            lowest = Vector256.ConditionalSelect(inside, Vector256.Min(lowest, z), lowest);
            highest = Vector256.ConditionalSelect(inside, Vector256.Max(highest, z), highest);
            near -= inside.AsInt32();
        }

        if (Vector256.Sum(near) < minimumPoints)
        {
            return float.NaN;
        }

        float bottom = Least(lowest);
        float top = -Least(-highest);
        return baseHeight + Plane(x, y, top - bottom > edgeStep ? Mode() : bottom);
    }

    /// <summary>Lower end of the height interval of length <see cref="edgeStep"/> that holds the largest weight, at the foot or the top of a step.</summary>
    private float Mode()
    {
        int near = 0;
        for (int i = 0; i < count; i++)
        {
            if (weights[i] > 0)
            {
                nearZ[near] = zs[i];
                nearWeight[near++] = weights[i];
            }
        }

        Array.Sort(nearZ, nearWeight, 0, near);
        float total = 0;
        for (int i = 0; i < near; i++)
        {
            total += nearWeight[i];
        }

        int first = 0;
        int last = near - 1;
        for (float weight = nearWeight[0]; weight < StrayShare * total; weight += nearWeight[first])
        {
            first++;
        }

        for (float weight = nearWeight[last]; weight < StrayShare * total; weight += nearWeight[last])
        {
            last--;
        }

        // What lies on several levels is a wall with its foot and its top; between the two there is no surface in plan.
        return nearZ[last] - nearZ[first] <= edgeStep ? Heaviest(near)
            : WeightFrom(near, nearZ[last] - edgeStep) > WeightFrom(near, nearZ[first]) ? nearZ[last] - edgeStep
            : nearZ[first];
    }

    /// <summary>The interval among all.</summary>
    private float Heaviest(int near)
    {
        float best = -1;
        float lower = 0;
        for (int i = 0; i < near; i++)
        {
            float weight = WeightFrom(near, nearZ[i]);
            if (weight > best)
            {
                best = weight;
                lower = nearZ[i];
            }
        }

        return lower;
    }

    private float WeightFrom(int near, float lower)
    {
        float upper = lower + edgeStep;
        float weight = 0;
        for (int i = 0; i < near; i++)
        {
            weight += nearZ[i] >= lower && nearZ[i] <= upper ? nearWeight[i] : 0;
        }

        return weight;
    }

    /// <summary>Height at the cell of the weighted plane through the points of one height interval.</summary>
    private float Plane(float x, float y, float lower)
    {
        Sums sums = SumUp(x, y, lower, out float lowest, out float highest);
        float mx = sums.X / sums.W;
        float my = sums.Y / sums.W;
        float mz = sums.Z / sums.W;
        if ((mx * mx) + (my * my) > FarthestCentre * FarthestCentre * radius * radius)
        {
            // All points lie to one side: this is beyond the edge of what they show.
            return float.NaN;
        }

        // A ridge keeps the plane level where the points lie in a line or all on one side.
        float ridge = 0.02f * radius * radius;
        float cxx = (sums.XX / sums.W) - (mx * mx) + ridge;
        float cyy = (sums.YY / sums.W) - (my * my) + ridge;
        float cxy = (sums.XY / sums.W) - (mx * my);
        float cxz = (sums.XZ / sums.W) - (mx * mz);
        float cyz = (sums.YZ / sums.W) - (my * mz);
        float determinant = (cxx * cyy) - (cxy * cxy);
        float slopeX = ((cxz * cyy) - (cyz * cxy)) / determinant;
        float slopeY = ((cyz * cxx) - (cxz * cxy)) / determinant;
        float height = mz - (slopeX * mx) - (slopeY * my);
        return Math.Clamp(height, lowest - noiseMetres, highest + noiseMetres);
    }

    private Sums SumUp(float x, float y, float lower, out float lowest, out float highest)
    {
        ref float px = ref MemoryMarshal.GetArrayDataReference(xs);
        ref float py = ref MemoryMarshal.GetArrayDataReference(ys);
        ref float pz = ref MemoryMarshal.GetArrayDataReference(zs);
        ref float pw = ref MemoryMarshal.GetArrayDataReference(weights);
        Vector256<float> cx = Vector256.Create(x);
        Vector256<float> cy = Vector256.Create(y);
        Vector256<float> from = Vector256.Create(lower);
        Vector256<float> to = Vector256.Create(lower + edgeStep);
        Vector256<float> bottom = Vector256.Create(float.MaxValue);
        Vector256<float> top = Vector256.Create(float.MinValue);
        Vector256<float> w = default, wx = default, wy = default, wz = default;
        Vector256<float> wxx = default, wxy = default, wyy = default, wxz = default, wyz = default;
        for (int i = 0; i < count; i += Lanes)
        {
            Vector256<float> z = Vector256.LoadUnsafe(ref pz, (nuint)i);
            Vector256<float> weight = Vector256.LoadUnsafe(ref pw, (nuint)i);
            Vector256<float> used = Vector256.GreaterThan(weight, Vector256<float>.Zero)
                & Vector256.GreaterThanOrEqual(z, from) & Vector256.LessThanOrEqual(z, to);
            weight &= used;
            Vector256<float> dx = (Vector256.LoadUnsafe(ref px, (nuint)i) - cx) & used;
            Vector256<float> dy = (Vector256.LoadUnsafe(ref py, (nuint)i) - cy) & used;
            Vector256<float> weightX = weight * dx;
            Vector256<float> weightY = weight * dy;
            w += weight;
            wx += weightX;
            wy += weightY;
            wz += weight * z;
            wxx += weightX * dx;
            wxy += weightX * dy;
            wyy += weightY * dy;
            wxz += weightX * z;
            wyz += weightY * z;
            bottom = Vector256.ConditionalSelect(used, Vector256.Min(bottom, z), bottom);
            top = Vector256.ConditionalSelect(used, Vector256.Max(top, z), top);
        }

        lowest = Least(bottom);
        highest = -Least(-top);
        return new Sums(Total(w), Total(wx), Total(wy), Total(wz), Total(wxx), Total(wxy), Total(wyy), Total(wxz), Total(wyz));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Total(Vector256<float> lanes)
    {
        Vector128<float> half = lanes.GetLower() + lanes.GetUpper();
        return (half.GetElement(0) + half.GetElement(1)) + (half.GetElement(2) + half.GetElement(3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Least(Vector256<float> lanes)
    {
        Vector128<float> half = Vector128.Min(lanes.GetLower(), lanes.GetUpper());
        return Math.Min(Math.Min(half.GetElement(0), half.GetElement(1)), Math.Min(half.GetElement(2), half.GetElement(3)));
    }

    private void Reserve(int length)
    {
        if (length <= xs.Length)
        {
            return;
        }

        int size = (int)BitOperations.RoundUpToPowerOf2((uint)length);
        Array.Resize(ref xs, size);
        Array.Resize(ref ys, size);
        Array.Resize(ref zs, size);
        weights = new float[size];
        nearZ = new float[size];
        nearWeight = new float[size];
    }

    private readonly record struct Sums(float W, float X, float Y, float Z, float XX, float XY, float YY, float XZ, float YZ);
}
