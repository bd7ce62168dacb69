using OdmNode.Dense.Fusion;
using OdmNode.Dense.Meshing;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Dense;

/// <summary>A surface given by a formula, seen by cameras all around; its depth maps, cloud and mesh.</summary>
internal sealed class MeshScene
{
    private static readonly PinholeCamera Camera = new(320, 320, 300, 160, 160);
    private readonly DepthMap[] maps;

    /// <param name="centers">Where the cameras are.</param>
    /// <param name="target">What they look at.</param>
    /// <param name="hit">Distance along a unit ray from a centre to the surface; 0 for none.</param>
    /// <param name="noise">Standard deviation of the depths, metres.</param>
    public MeshScene(IEnumerable<Vector3D> centers, Vector3D target, Func<Vector3D, Vector3D, double> hit, double noise = 0)
    {
        var random = new Random(5);
        maps = [.. centers.Select((center, i) => Look($"{i:D2}.jpg", center, target, hit, noise, random))];
    }

    /// <summary>The parts of all tiles of a grid, in reading order.</summary>
    public MeshPart[] Parts(GroundGrid grid, int tileSize, MeshOptions options, int threads = 1)
    {
        DistanceView[] views = [.. maps.Select(static map => new DistanceView(map, MapFootprint.Of(map, null)!.Bounds))];
        PointCloud cloud = Cloud();
        IReadOnlyList<GroundTile> tiles = grid.Tiles(tileSize);
        var parts = new MeshPart[tiles.Count];
        Parallel.For(0, tiles.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            VoxelTile tile = VoxelTile.Of(tiles[i]);
            MapRectangle reach = tile.Reach;
            parts[i] = SurfaceMesher.Mesh(
                tile, null, [.. views.Where(view => view.Bounds.Overlaps(reach))], [cloud], null, options, CancellationToken.None);
        });
        return parts;
    }

    public static TriangleMesh Join(IEnumerable<MeshPart> parts)
    {
        var joiner = new MeshJoiner(Vector3D.Zero);
        foreach (MeshPart part in parts)
        {
            joiner.Add(part);
        }

        return joiner.ToMesh();
    }

    private PointCloud Cloud()
    {
        var positions = new List<float>();
        foreach (DepthMap map in maps)
        {
            RigidTransform worldFromCamera = map.CameraFromWorld.Inverse();
            for (int i = 0; i < map.Depth.Length; i++)
            {
                if (map.Depth[i] > 0)
                {
                    Vector3D point = worldFromCamera * Camera.Unproject((i % 320) + 0.5, (i / 320) + 0.5, map.Depth[i]);
                    positions.AddRange([(float)point.X, (float)point.Y, (float)point.Z]);
                }
            }
        }

        return new PointCloud
        {
            Origin = Vector3D.Zero,
            Positions = [.. positions],
            Normals = new float[positions.Count],
            Colors = new byte[positions.Count],
            Views = new byte[positions.Count / 3],
        };
    }

    private static DepthMap Look(
        string name, Vector3D center, Vector3D target, Func<Vector3D, Vector3D, double> hit, double noise, Random random)
    {
        Vector3D forward = (target - center).Normalized();
        Vector3D side = Math.Abs(forward.Y) < 0.9 ? new Vector3D(0, 1, 0) : new Vector3D(1, 0, 0);
        Vector3D right = Vector3D.Cross(side, forward).Normalized();
        var rotation = Matrix3x3.FromRows(right, Vector3D.Cross(forward, right), forward);
        var map = new DepthMap
        {
            ImageName = name,
            Camera = Camera,
            CameraFromWorld = new RigidTransform(rotation, -(rotation * center)),
            Depth = new float[Camera.Width * Camera.Height],
            Confidence = new byte[Camera.Width * Camera.Height],
        };
        Matrix3x3 worldFromCamera = rotation.Transposed();
        for (int i = 0; i < map.Depth.Length; i++)
        {
            Vector3D ray = Camera.Unproject((i % Camera.Width) + 0.5, (i / Camera.Width) + 0.5, 1);
            Vector3D direction = worldFromCamera * ray.Normalized();
            double distance = hit(center, direction);
            if (distance > 0)
            {
                double spread = random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2;
                map.Depth[i] = (float)((distance / ray.Length) + (noise * Math.Sqrt(3) * spread));
                map.Confidence[i] = 3;
            }
        }

        return map;
    }
}
