using OdmNode.Dense.Filtering;
using OdmNode.Dense.Fusion;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Imaging.Buffers;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Dense;

/// <summary>Level ground with a block on it, seen by four cameras that look straight down; depths by intersecting rays.</summary>
public sealed class FreeSpaceTests
{
    private const double FlyingHeight = 30;
    private const double RoofHeight = 8;
    private const double RoofHalf = 4;
    private const double Spacing = 0.15;
    private static readonly PinholeCamera Camera = new(240, 240, 200, 120, 120);
    private static readonly MapRectangle Area = new(-12, -12, 12, 12);
    private static readonly Vector3D[] Centers =
    [
        new(6, 0, FlyingHeight), new(-6, 0, FlyingHeight), new(0, 6, FlyingHeight), new(0, -6, FlyingHeight),
    ];

    [Fact]
    public void A_blob_through_which_photos_see_the_ground_goes_and_the_roof_stays_up_to_its_edge()
    {
        DepthMap[] maps = [.. Centers.Select(center => Look(center, 4))];
        for (int y = 20; y < 50; y++)
        {
            for (int x = 40; x < 70; x++)
            {
                maps[0].Depth[(y * Camera.Width) + x] = 15;
                maps[0].Confidence[(y * Camera.Width) + x] = 2;
            }
        }

        List<Vector3D> points = Points(Fuse(maps));
        Assert.DoesNotContain(points, static p => p.Z > 0.1 && OffRoof(p) > 0.3);
        int roof = points.Count(static p => Math.Abs(p.Z - RoofHeight) < 0.02 && OffRoof(p) <= 0);
        Assert.InRange(roof, 0.97 * Math.Pow(2 * RoofHalf / Spacing, 2), 1.2 * Math.Pow(2 * RoofHalf / Spacing, 2));
    }

    [Fact]
    public void Unsure_depths_fill_in_where_nothing_is_sure_and_only_there()
    {
        DepthMap[] maps = [.. Centers.Select(center => Look(center, 4))];
        var random = new Random(7);
        foreach (DepthMap map in maps)
        {
            for (int i = 0; i < map.Depth.Length; i++)
            {
                Vector3D top = OnRay(map, i, FlyingHeight - 3);
                if (InCrown(top, 0))
                {
                    map.Depth[i] = (float)(FlyingHeight - 3 - (0.6 * (random.NextDouble() - 0.5)));
                    map.Confidence[i] = 1;
                }
                else if (InCrown(OnRay(map, i, FlyingHeight), 1))
                {
                    map.Depth[i] = 0;
                    map.Confidence[i] = 0;
                }
                else if (top.X < -8 && i % 3 == 0)
                {
                    map.Depth[i] = 22;
                    map.Confidence[i] = 1;
                }
            }
        }

        PointCloud cloud = Fuse(maps);
        List<Vector3D> points = Points(cloud);
        Vector3D[] unsure = [.. points.Where((_, i) => cloud.Views[i] == 1)];
        Vector3D[] crown = [.. unsure.Where(static p => InCrown(p, -0.5))];
        double wide = 2 * Spacing;
        Assert.All(crown, static p => Assert.InRange(p.Z, 2.5, 3.5));
        Assert.InRange(crown.Length, 0.95 * 9 / (wide * wide), 1.05 * Math.Pow((3 / wide) + 1, 2));
        Assert.DoesNotContain(points, static p => p.X < -7 && p.Z > 0.1);
    }

    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(2.5, 1)]
    [InlineData(8, 0)]
    public void Depths_that_differ_by_so_many_percent_are_sure_unsure_or_dropped(double percent, int confidence)
    {
        DepthMap own = Flat(new Vector3D(0.5, 0, FlyingHeight), FlyingHeight);
        DepthMap other = Flat(new Vector3D(-0.5, 0, FlyingHeight), FlyingHeight * (1 + (0.01 * percent)));
        DepthMap filtered = ConsistencyFilter.Filter(own, [other], new ConsistencyOptions(), CancellationToken.None);
        int middle = (120 * Camera.Width) + 120;
        Assert.Equal(confidence, filtered.Confidence[middle]);
        Assert.Equal(confidence > 0 ? FlyingHeight * (1 + (0.005 * percent)) : 0, filtered.Depth[middle], 1e-3);
    }

    private static PointCloud Fuse(DepthMap[] maps) => DepthMapFuser.Fuse(
        Area,
        null,
        [.. maps.Select(static map => new FusionView(map, new ImageBuffer(Camera.Width, Camera.Height, 3)))],
        new FusionOptions { SpacingMetres = Spacing },
        CancellationToken.None);

    private static List<Vector3D> Points(PointCloud cloud) =>
    [
        .. Enumerable.Range(0, cloud.Count).Select(i => cloud.Origin + new Vector3D(
            cloud.Positions[3 * i], cloud.Positions[(3 * i) + 1], cloud.Positions[(3 * i) + 2])),
    ];

    /// <summary>Distance outside the block in plan.</summary>
    private static double OffRoof(Vector3D point) => Math.Max(Math.Abs(point.X), Math.Abs(point.Y)) - RoofHalf;

    private static bool InCrown(Vector3D point, double margin) =>
        Math.Abs(point.X - 8) < 2 + margin && Math.Abs(point.Y - 8) < 2 + margin;

    private static Vector3D OnRay(DepthMap map, int pixel, double depth) => map.CameraFromWorld.Inverse()
        * Camera.Unproject((pixel % Camera.Width) + 0.5, (pixel / Camera.Width) + 0.5, depth);

    private static DepthMap Look(Vector3D center, byte confidence)
    {
        DepthMap map = Flat(center, FlyingHeight);
        Array.Fill(map.Confidence, confidence);
        for (int i = 0; i < map.Depth.Length; i++)
        {
            map.Depth[i] = (float)HitDepth(OnRay(map, i, 1) - center, center);
        }

        return map;
    }

    /// <summary>Depth of the nearest point of block and ground on a ray whose vertical part is -1.</summary>
    private static double HitDepth(Vector3D direction, Vector3D center)
    {
        for (double depth = FlyingHeight - RoofHeight; depth < FlyingHeight; depth += 0.01)
        {
            if (OffRoof(center + (depth * direction)) <= 0)
            {
                return depth;
            }
        }

        return FlyingHeight;
    }

    private static DepthMap Flat(Vector3D center, double depth)
    {
        var down = new Matrix3x3(1, 0, 0, 0, -1, 0, 0, 0, -1);
        var map = new DepthMap
        {
            ImageName = FormattableString.Invariant($"{center.X}_{center.Y}"),
            Camera = Camera,
            CameraFromWorld = new RigidTransform(down, -(down * center)),
            Depth = new float[Camera.Width * Camera.Height],
            Confidence = new byte[Camera.Width * Camera.Height],
        };
        Array.Fill(map.Depth, (float)depth);
        Array.Fill(map.Confidence, (byte)10);
        return map;
    }
}
