using OdmNode.Dense.Fusion;
using OdmNode.Geospatial.Elevation;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Cuts and joins clouds of tiles.</summary>
internal static class PointClouds
{
    /// <summary>The points inside a rectangle, in their order.</summary>
    public static PointCloud Inside(PointCloud cloud, MapRectangle area) => Where(cloud, area.Contains);

    /// <summary>The points inside a polygon, in their order.</summary>
    public static PointCloud Inside(PointCloud cloud, CropPolygon area) => Where(cloud, area.Contains);

    /// <summary>The points whose index is wanted, in their order.</summary>
    public static PointCloud Where(PointCloud cloud, Predicate<int> isWanted)
    {
        var indices = new List<int>();
        for (int i = 0; i < cloud.Count; i++)
        {
            if (isWanted(i))
            {
                indices.Add(i);
            }
        }

        PointCloud part = Empty(cloud, indices.Count);
        for (int i = 0; i < indices.Count; i++)
        {
            int from = indices[i];
            cloud.Positions.AsSpan(3 * from, 3).CopyTo(part.Positions.AsSpan(3 * i));
            cloud.Normals.AsSpan(3 * from, 3).CopyTo(part.Normals.AsSpan(3 * i));
            cloud.Colors.AsSpan(3 * from, 3).CopyTo(part.Colors.AsSpan(3 * i));
            part.Views[i] = cloud.Views[from];
        }

        return part;
    }

    /// <summary>One cloud with the origin of the first, whose points come first.</summary>
    public static PointCloud Join(PointCloud first, IReadOnlyList<PointCloud> others)
    {
        PointCloud all = Empty(first, first.Count + others.Sum(cloud => cloud.Count));
        int place = 0;
        foreach (PointCloud cloud in (IEnumerable<PointCloud>)[first, .. others])
        {
            (double dx, double dy, double dz) = cloud.Origin - first.Origin;
            for (int i = 0; i < cloud.Count; i++)
            {
                all.Positions[3 * (place + i)] = (float)(cloud.Positions[3 * i] + dx);
                all.Positions[(3 * (place + i)) + 1] = (float)(cloud.Positions[(3 * i) + 1] + dy);
                all.Positions[(3 * (place + i)) + 2] = (float)(cloud.Positions[(3 * i) + 2] + dz);
            }

            cloud.Normals.CopyTo(all.Normals, 3 * place);
            cloud.Colors.CopyTo(all.Colors, 3 * place);
            cloud.Views.CopyTo(all.Views, place);
            place += cloud.Count;
        }

        return all;
    }

    /// <summary>How many of the first <paramref name="count"/> points of a cloud are left in what a filter kept of it in order.</summary>
    public static int CountKept(PointCloud all, int count, PointCloud kept)
    {
        int found = 0;
        for (int i = 0; i < count && found < kept.Count; i++)
        {
            if (all.Positions.AsSpan(3 * i, 3).SequenceEqual(kept.Positions.AsSpan(3 * found, 3)))
            {
                found++;
            }
        }

        return found;
    }

    public static PointCloud FirstOf(PointCloud cloud, int count)
    {
        PointCloud part = Empty(cloud, count);
        cloud.Positions.AsSpan(0, 3 * count).CopyTo(part.Positions);
        cloud.Normals.AsSpan(0, 3 * count).CopyTo(part.Normals);
        cloud.Colors.AsSpan(0, 3 * count).CopyTo(part.Colors);
        cloud.Views.AsSpan(0, count).CopyTo(part.Views);
        return part;
    }

    private static PointCloud Where(PointCloud cloud, Func<double, double, bool> isInside) =>
        Where(cloud, i => isInside(cloud.Origin.X + cloud.Positions[3 * i], cloud.Origin.Y + cloud.Positions[(3 * i) + 1]));

    private static PointCloud Empty(PointCloud like, int count) => new()
    {
        Origin = like.Origin,
        Positions = new float[3 * count],
        Normals = new float[3 * count],
        Colors = new byte[3 * count],
        Views = new byte[count],
    };
}
