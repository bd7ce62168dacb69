using OdmNode.Dense.Fusion;
using OdmNode.Dense.Meshing;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Dense;

/// <summary>A box on a plane, seen from above and from four sides, without noise.</summary>
public class SurfaceMesherTests
{
    private const double HalfX = 3;
    private const double HalfY = 2;
    private const double Top = 4;
    private const double Voxel = 0.2;
    private const int Size = 96;
    private static readonly VoxelLattice Lattice = new(-Size / 2 * Voxel, -Size / 2 * Voxel, Voxel);
    private static readonly DistanceView[] Views = [.. Cameras().Select(camera => new DistanceView(Look(camera), new MapRectangle(-40, -40, 40, 40)))];

    [Fact]
    public void The_surface_is_that_of_the_box_and_the_ground()
    {
        TriangleMesh mesh = Whole(Size);
        Assert.True(mesh.TriangleCount > 10_000);
        double[] errors = [.. Enumerable.Range(0, mesh.VertexCount).Select(i => DistanceFromTruth(PointOf(mesh, i))).Order()];
        Assert.True(errors[errors.Length / 2] < 0.15 * Voxel, $"median {errors[errors.Length / 2] / Voxel:F2} voxels");
        Assert.True(errors[(int)(0.99 * errors.Length)] < Voxel, $"99 % {errors[(int)(0.99 * errors.Length)] / Voxel:F2} voxels");
    }

    [Fact]
    public void Walls_and_roof_are_there_and_look_outwards()
    {
        TriangleMesh mesh = Whole(Size);
        double up = 0;
        double east = 0;
        for (int t = 0; t < mesh.Triangles.Length; t += 3)
        {
            Vector3D a = PointOf(mesh, mesh.Triangles[t]);
            Vector3D area = 0.5 * Vector3D.Cross(PointOf(mesh, mesh.Triangles[t + 1]) - a, PointOf(mesh, mesh.Triangles[t + 2]) - a);
            up += a.Z > Top - Voxel ? area.Z : 0;
            east += a.X > HalfX - Voxel && a.X < HalfX + Voxel && a.Z > Voxel && a.Z < Top - Voxel ? area.X : 0;
        }

        Assert.InRange(up, 0.85 * 4 * HalfX * HalfY, 1.1 * 4 * HalfX * HalfY);
        Assert.InRange(east, 0.7 * 2 * HalfY * (Top - (2 * Voxel)), 1.1 * 2 * HalfY * Top);
    }

    [Fact]
    public void Tiles_join_without_a_crack()
    {
        TriangleMesh mesh = Whole(Size / 2);
        var edges = new Dictionary<(int, int), int>();
        for (int t = 0; t < mesh.Triangles.Length; t += 3)
        {
            for (int k = 0; k < 3; k++)
            {
                int a = mesh.Triangles[t + k];
                int b = mesh.Triangles[t + ((k + 1) % 3)];
                (int, int) edge = (Math.Min(a, b), Math.Max(a, b));
                edges[edge] = edges.GetValueOrDefault(edge) + 1;
            }
        }

        double outside = (Size / 2 * Voxel) - (1.5 * Voxel);
        foreach (((int a, int _), int count) in edges.Where(edge => edge.Value != 2))
        {
            Vector3D point = PointOf(mesh, a);
            Assert.True(Math.Max(Math.Abs(point.X), Math.Abs(point.Y)) > outside, $"an edge of {count} triangles at {point}");
        }

        TriangleMesh whole = Whole(Size);
        Assert.Equal(whole.VertexCount, mesh.VertexCount);
        Assert.Equal(whole.TriangleCount, mesh.TriangleCount);
    }

    [Fact]
    public void The_same_input_gives_the_same_mesh()
    {
        TriangleMesh first = Whole(Size);
        TriangleMesh second = Whole(Size);
        Assert.Equal(first.Positions, second.Positions);
        Assert.Equal(first.Triangles, second.Triangles);
    }

    [Fact]
    public void Simplified_to_a_tenth_it_is_still_the_box()
    {
        TriangleMesh whole = Whole(Size);
        TriangleMesh mesh = MeshSimplifier.Simplify(whole, whole.VertexCount / 10);
        Assert.InRange(mesh.VertexCount, whole.VertexCount / 20, whole.VertexCount / 10);
        Assert.True(mesh.TriangleCount <= 2 * (whole.VertexCount / 10));
        double[] errors = [.. Enumerable.Range(0, mesh.VertexCount).Select(i => DistanceFromTruth(PointOf(mesh, i))).Order()];
        Assert.True(errors[(int)(0.95 * errors.Length)] < Voxel, $"95 % {errors[(int)(0.95 * errors.Length)] / Voxel:F2} voxels");
    }

    private static TriangleMesh Whole(int tileSize)
    {
        var joiner = new MeshJoiner(new Vector3D(0, 0, 0));
        for (int y = 0; y < Size; y += tileSize)
        {
            for (int x = 0; x < Size; x += tileSize)
            {
                joiner.Add(SurfaceMesher.Mesh(
                    new VoxelTile(Lattice, x, y, tileSize, tileSize), null, Views, [Samples()], null, new MeshOptions(), CancellationToken.None));
            }
        }

        return joiner.ToMesh();
    }

    private static Vector3D PointOf(TriangleMesh mesh, int vertex) => mesh.Origin
        + new Vector3D(mesh.Positions[3 * vertex], mesh.Positions[(3 * vertex) + 1], mesh.Positions[(3 * vertex) + 2]);

    private static double DistanceFromTruth(Vector3D p)
    {
        double dx = Math.Abs(p.X) - HalfX;
        double dy = Math.Abs(p.Y) - HalfY;
        double dz = p.Z - Top;
        double outside = Math.Sqrt(
            (Math.Max(dx, 0) * Math.Max(dx, 0)) + (Math.Max(dy, 0) * Math.Max(dy, 0)) + (Math.Max(dz, 0) * Math.Max(dz, 0)));
        double toBox = Math.Abs(outside + Math.Min(0, Math.Max(dx, Math.Max(dy, dz))));
        return Math.Min(toBox, Math.Abs(p.Z));
    }

    /// <summary>Points on the ground, the roof and the walls, as a cloud would have them.</summary>
    private static PointCloud Samples()
    {
        var positions = new List<float>();
        void Add(double x, double y, double z) => positions.AddRange([(float)x, (float)y, (float)z]);
        for (double x = -14; x <= 14; x += Voxel)
        {
            for (double y = -14; y <= 14; y += Voxel)
            {
                Add(x, y, Math.Abs(x) < HalfX && Math.Abs(y) < HalfY ? Top : 0);
            }
        }

        for (double z = 0; z <= Top; z += Voxel)
        {
            for (double along = -1; along <= 1; along += 0.5 * Voxel / HalfX)
            {
                Add(along * HalfX, -HalfY, z);
                Add(along * HalfX, HalfY, z);
                Add(-HalfX, along * HalfY, z);
                Add(HalfX, along * HalfY, z);
            }
        }

        int count = positions.Count / 3;
        return new PointCloud
        {
            Origin = default,
            Positions = [.. positions],
            Normals = new float[3 * count],
            Colors = new byte[3 * count],
            Views = [.. Enumerable.Repeat((byte)3, count)],
        };
    }

    private static IEnumerable<RigidTransform> Cameras()
    {
        Vector3D[] places = [new(0, 0, 25), new(16, 1, 18), new(-16, -1, 18), new(1, 16, 18), new(-1, -16, 18), new(11, 11, 20), new(-11, -11, 20)];
        foreach (Vector3D place in places)
        {
            Vector3D forward = (-1 * place).Normalized();
            Vector3D right = Vector3D.Cross(forward, Math.Abs(forward.Z) > 0.99 ? new Vector3D(0, 1, 0) : new Vector3D(0, 0, 1)).Normalized();
            Vector3D down = Vector3D.Cross(forward, right);
            var rotation = new Matrix3x3(right.X, right.Y, right.Z, down.X, down.Y, down.Z, forward.X, forward.Y, forward.Z);
            yield return new RigidTransform(rotation, -(rotation * place));
        }
    }

    private static DepthMap Look(RigidTransform cameraFromWorld)
    {
        var camera = new PinholeCamera(400, 400, 260, 200, 200);
        RigidTransform worldFromCamera = cameraFromWorld.Inverse();
        float[] depth = new float[camera.Width * camera.Height];
        for (int i = 0; i < depth.Length; i++)
        {
            Vector3D ray = worldFromCamera.Rotation * camera.Unproject((i % camera.Width) + 0.5, (i / camera.Width) + 0.5, 1);
            depth[i] = (float)FirstHit(worldFromCamera.Translation, ray);
        }

        return new DepthMap
        {
            ImageName = "view",
            Camera = camera,
            CameraFromWorld = cameraFromWorld,
            Depth = depth,
            Confidence = [.. depth.Select(d => d > 0 ? (byte)4 : (byte)0)],
        };
    }

    private static double FirstHit(Vector3D origin, Vector3D ray)
    {
        double ground = ray.Z < 0 ? -origin.Z / ray.Z : 0;
        double from = 0;
        double to = double.PositiveInfinity;
        foreach ((double o, double d, double low, double high) in new[]
        {
            (origin.X, ray.X, -HalfX, HalfX), (origin.Y, ray.Y, -HalfY, HalfY), (origin.Z, ray.Z, 0, Top),
        })
        {
            double a = (low - o) / d;
            double b = (high - o) / d;
            from = Math.Max(from, Math.Min(a, b));
            to = Math.Min(to, Math.Max(a, b));
        }

        return from < to ? from : ground;
    }
}
