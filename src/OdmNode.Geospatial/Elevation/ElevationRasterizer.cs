using System.Numerics;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Elevation;

/// <summary>
/// Heights of ground cells from a point cloud: at every cell, the surface that most of the nearby points agree on, as a plane
/// fitted to them (moving least squares).
/// </summary>
/// <remarks>
/// Among the points around a cell, those on one side of a height step form one group; the group with the largest weight, which
/// falls with distance, decides. So an edge runs midway between the last points of a roof and the first of the ground, without
/// being rounded or shifted, and a stray point is outvoted. D. Levin, The approximation power of moving least-squares,
/// Mathematics of Computation 67 (1998).
/// </remarks>
public static class ElevationRasterizer
{
    /// <summary>Measures the cells of one tile; cells without enough points stay unknown.</summary>
    /// <param name="tile">The cells wanted.</param>
    /// <param name="clouds">Points of the tile and of <see cref="ElevationOptions.MarginMetres"/> around it, each point once.</param>
    /// <param name="options">Spacing and noise, the same for all tiles of a survey.</param>
    /// <param name="cancellationToken">Asked once per row of bins.</param>
    public static ElevationTile Rasterize(
        GroundTile tile, IReadOnlyList<PointCloud> clouds, ElevationOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tile);
        ArgumentNullException.ThrowIfNull(clouds);
        ArgumentNullException.ThrowIfNull(options);
        float[] heights = new float[tile.Width * tile.Height];
        Array.Fill(heights, float.NaN);
        double radius = Math.Max(1.0, options.PointSpacingMetres * options.FirstRadius / tile.Grid.Resolution);
        for (int step = 0; step < Math.Max(1, options.GapFillSteps); step++, radius *= Math.Sqrt(2))
        {
            // Bins as wide as the radius: a cell finds its neighbours in its own bin and the eight around it.
            var bins = new PointBins(tile, clouds, Math.Max(1, (int)Math.Ceiling(radius)), 1);
            int left = MeasureAll(tile, bins, (float)radius, options, heights, cancellationToken);
            if (left == 0)
            {
                break;
            }
        }

        var origins = new CellOrigin[heights.Length];
        for (int i = 0; i < heights.Length; i++)
        {
            origins[i] = float.IsNaN(heights[i]) ? CellOrigin.None : CellOrigin.Measured;
        }

        return new ElevationTile(tile, heights, origins);
    }

    private static int MeasureAll(
        GroundTile tile, PointBins bins, float radius, ElevationOptions options, float[] heights, CancellationToken cancellationToken)
    {
        int unknown = 0;
        var near = new Neighbourhood(radius, (float)tile.Grid.Resolution, (float)options.HeightNoiseMetres, options.MinimumPoints);
        for (int binRow = 1; binRow < bins.Rows - 1; binRow++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int binColumn = 1; binColumn < bins.Columns - 1; binColumn++)
            {
                int firstX = ((bins.FirstColumn + binColumn) * bins.BinCells) - tile.X;
                int firstY = ((bins.FirstRow + binRow) * bins.BinCells) - tile.Y;
                near.Gather(bins, binColumn, binRow);
                for (int y = Math.Max(0, firstY); y < Math.Min(tile.Height, firstY + bins.BinCells); y++)
                {
                    for (int x = Math.Max(0, firstX); x < Math.Min(tile.Width, firstX + bins.BinCells); x++)
                    {
                        ref float height = ref heights[(y * tile.Width) + x];
                        if (float.IsNaN(height))
                        {
                            height = near.HeightAt(x - firstX + 0.5f, y - firstY + 0.5f);
                            unknown += float.IsNaN(height) ? 1 : 0;
                        }
                    }
                }
            }
        }

        return unknown;
    }

    /// <summary>The points of nine bins, in the cells of the middle one, and the estimate at a cell among them.</summary>
    private sealed class Neighbourhood(float radius, float cellMetres, float noiseMetres, int minimumPoints)
    {
        private const float SlopeTolerance = 1.2f;
        private readonly float edgeStep = Math.Max(4 * noiseMetres, SlopeTolerance * radius * cellMetres);
        private float[] xs = new float[256];
        private float[] ys = new float[256];
        private float[] zs = new float[256];
        private float[] nearX = new float[256];
        private float[] nearY = new float[256];
        private float[] nearZ = new float[256];
        private float[] nearWeight = new float[256];
        private int count;
        private float baseHeight;

        public void Gather(PointBins bins, int column, int row)
        {
            count = 0;
            for (int dy = -1; dy <= 1; dy++)
            {
                for (int dx = -1; dx <= 1; dx++)
                {
                    (int start, int end) = bins.RangeOf(column + dx, row + dy);
                    Reserve(count + end - start + Vector<float>.Count);
                    for (int i = start; i < end; i++, count++)
                    {
                        xs[count] = bins.X[i] + (dx * bins.BinCells);
                        ys[count] = bins.Y[i] + (dy * bins.BinCells);
                        zs[count] = bins.Z[i];
                    }
                }
            }

            // Sums of squares of heights above the sea would lose the centimetres.
            baseHeight = count > 0 ? zs[0] : 0;
            for (int i = 0; i < count; i++)
            {
                zs[i] -= baseHeight;
            }
        }

        public float HeightAt(float x, float y)
        {
            int near = 0;
            float lowest = float.PositiveInfinity;
            float highest = float.NegativeInfinity;
            float reach = radius * radius;
            for (int i = 0; i < count; i++)
            {
                float dx = xs[i] - x;
                float dy = ys[i] - y;
                float distance = ((dx * dx) + (dy * dy)) / reach;
                if (distance < 1)
                {
                    float falloff = 1 - distance;
                    nearX[near] = dx;
                    nearY[near] = dy;
                    nearZ[near] = zs[i];
                    nearWeight[near] = falloff * falloff;
                    lowest = Math.Min(lowest, zs[i]);
                    highest = Math.Max(highest, zs[i]);
                    near++;
                }
            }

            if (near < minimumPoints)
            {
                return float.NaN;
            }

            return baseHeight + (highest - lowest > edgeStep ? Plane(near, Mode(near)) : Plane(near, lowest));
        }

        /// <summary>Lower end of the height interval of length <see cref="edgeStep"/> that holds the largest weight; the upper one of equals.</summary>
        private float Mode(int near)
        {
            float best = -1;
            float lower = 0;
            for (int i = 0; i < near; i++)
            {
                float top = nearZ[i] + edgeStep;
                float weight = 0;
                for (int j = 0; j < near; j++)
                {
                    weight += nearZ[j] >= nearZ[i] && nearZ[j] <= top ? nearWeight[j] : 0;
                }

                if (weight > best)
                {
                    best = weight;
                    lower = nearZ[i];
                }
            }

            return lower;
        }

        /// <summary>Height at the cell of the weighted plane through the points of one height interval.</summary>
        private float Plane(int near, float lower)
        {
            float upper = lower + edgeStep;
            float w = 0, wx = 0, wy = 0, wz = 0, wxx = 0, wxy = 0, wyy = 0, wxz = 0, wyz = 0;
            float lowest = float.PositiveInfinity;
            float highest = float.NegativeInfinity;
            for (int i = 0; i < near; i++)
            {
                float z = nearZ[i];
                if (z < lower || z > upper)
                {
                    continue;
                }

                float weight = nearWeight[i];
                float x = weight * nearX[i];
                float y = weight * nearY[i];
                w += weight;
                wx += x;
                wy += y;
                wz += weight * z;
                wxx += x * nearX[i];
                wxy += x * nearY[i];
                wyy += y * nearY[i];
                wxz += x * z;
                wyz += y * z;
                lowest = Math.Min(lowest, z);
                highest = Math.Max(highest, z);
            }

            float mx = wx / w;
            float my = wy / w;
            float mz = wz / w;

            // A ridge keeps the plane level where the points lie in a line or all on one side.
            float ridge = 0.02f * radius * radius;
            float cxx = (wxx / w) - (mx * mx) + ridge;
            float cyy = (wyy / w) - (my * my) + ridge;
            float cxy = (wxy / w) - (mx * my);
            float cxz = (wxz / w) - (mx * mz);
            float cyz = (wyz / w) - (my * mz);
            float determinant = (cxx * cyy) - (cxy * cxy);
            float slopeX = ((cxz * cyy) - (cyz * cxy)) / determinant;
            float slopeY = ((cyz * cxx) - (cxz * cxy)) / determinant;
            float height = mz - (slopeX * mx) - (slopeY * my);
            return Math.Clamp(height, lowest - noiseMetres, highest + noiseMetres);
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
            nearX = new float[size];
            nearY = new float[size];
            nearZ = new float[size];
            nearWeight = new float[size];
        }
    }
}
