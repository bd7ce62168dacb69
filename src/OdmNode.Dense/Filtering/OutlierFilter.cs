using OdmNode.Scene.Model;

namespace OdmNode.Dense.Filtering;

/// <summary>Drops points that lie apart from their surroundings.</summary>
/// <remarks>
/// The mean distance to the nearest neighbours is compared with those of the points around, not with the whole cloud's
/// as in PDAL's and ODM's filter: a survey flown at two heights has two densities. R. B. Rusu et al., Towards 3D point
/// cloud based object maps for household environments, Robotics and Autonomous Systems 56 (2008).
/// </remarks>
public static class OutlierFilter
{
    /// <summary>Edge of the squares whose statistics a point is held against, in mean point spacings.</summary>
    private const double BlockSpacings = 48;

    /// <param name="cloud">With a margin around the tile, so that points near its edge have all their neighbours.</param>
    /// <param name="options">See there.</param>
    /// <param name="cancellationToken">Checked every few thousand points.</param>
    /// <returns>The points kept, in their order.</returns>
    public static PointCloud Filter(PointCloud cloud, OutlierOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        ArgumentNullException.ThrowIfNull(options);
        if (options.MaxDeviation <= 0 || cloud.Count <= options.Neighbours)
        {
            return cloud;
        }

        var grid = new PointGrid(cloud.Positions, 2);
        var distances = new float[cloud.Count];
        var nearest = new float[options.Neighbours];
        for (int i = 0; i < cloud.Count; i++)
        {
            if (i % 8192 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            distances[i] = grid.MeanDistance(i, nearest);
        }

        float[] limits = Limits(cloud, grid.Spacing * BlockSpacings, distances, options.MaxDeviation);
        var kept = new List<int>(cloud.Count);
        for (int i = 0; i < cloud.Count; i++)
        {
            if (distances[i] <= limits[i])
            {
                kept.Add(i);
            }
        }

        return kept.Count == cloud.Count ? cloud : Select(cloud, kept);
    }

    /// <summary>For each point the mean of the 3 × 3 squares around it plus the allowed deviations.</summary>
    private static float[] Limits(PointCloud cloud, double edge, float[] distances, double maxDeviation)
    {
        var blocks = new Dictionary<(int X, int Y), (double Sum, double Squares, int Count)>();
        (int X, int Y) BlockOf(int point) =>
            ((int)Math.Floor(cloud.Positions[3 * point] / edge), (int)Math.Floor(cloud.Positions[(3 * point) + 1] / edge));
        for (int i = 0; i < distances.Length; i++)
        {
            (int X, int Y) block = BlockOf(i);
            (double sum, double squares, int count) = blocks.GetValueOrDefault(block);
            blocks[block] = (sum + distances[i], squares + ((double)distances[i] * distances[i]), count + 1);
        }

        var limitOfBlock = new Dictionary<(int X, int Y), float>();
        foreach ((int X, int Y) block in blocks.Keys)
        {
            double sum = 0, squares = 0, count = 0;
            for (int dy = -1; dy <= 1; dy++)
            {
                for (int dx = -1; dx <= 1; dx++)
                {
                    (double s, double q, int n) = blocks.GetValueOrDefault((block.X + dx, block.Y + dy));
                    (sum, squares, count) = (sum + s, squares + q, count + n);
                }
            }

            double mean = sum / count;
            double sigma = Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean)));
            limitOfBlock[block] = (float)(mean + (maxDeviation * sigma));
        }

        var limits = new float[distances.Length];
        for (int i = 0; i < limits.Length; i++)
        {
            limits[i] = limitOfBlock[BlockOf(i)];
        }

        return limits;
    }

    private static PointCloud Select(PointCloud cloud, List<int> kept)
    {
        var result = new PointCloud
        {
            Origin = cloud.Origin,
            Positions = new float[3 * kept.Count],
            Normals = new float[3 * kept.Count],
            Colors = new byte[3 * kept.Count],
            Views = new byte[kept.Count],
        };
        for (int i = 0; i < kept.Count; i++)
        {
            int from = kept[i];
            cloud.Positions.AsSpan(3 * from, 3).CopyTo(result.Positions.AsSpan(3 * i));
            cloud.Normals.AsSpan(3 * from, 3).CopyTo(result.Normals.AsSpan(3 * i));
            cloud.Colors.AsSpan(3 * from, 3).CopyTo(result.Colors.AsSpan(3 * i));
            result.Views[i] = cloud.Views[from];
        }

        return result;
    }
}
