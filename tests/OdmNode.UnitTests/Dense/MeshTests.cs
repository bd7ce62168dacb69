using OdmNode.Dense.Filtering;
using OdmNode.Dense.Fusion;
using OdmNode.Dense.Meshing;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Dense;

public sealed class MeshTests : IClassFixture<DenseScene>
{
    private const double Voxel = 0.1;
    private const double RoofHeight = 3;
    private const double RoofHalf = 2;
    private readonly DenseScene survey;

    public MeshTests(DenseScene survey) => this.survey = survey;

    [Fact]
    public void A_ball_seen_from_all_around_becomes_closed_round_and_turned_outwards()
    {
        var topology = new MeshTopology(MeshScene.Join(Ball(0).Parts(Square(24), 24, Anywhere)));
        Assert.Empty(topology.Border());
        Assert.Equal(0, topology.Faults);
        Assert.Equal(0, topology.Degenerate);

        // Truncated at 0.3 of its radius, a ball looks larger to photos that see it end: a third of a voxel is allowed.
        Assert.InRange(topology.Volume, 4.0 / 3 * Math.PI, 4.0 / 3 * Math.PI * Math.Pow(1 + (0.3 * Voxel), 3));
        Assert.All(topology.Vertices, static vertex => Assert.InRange(vertex.Length, 1 - (0.3 * Voxel), 1 + (0.4 * Voxel)));
    }

    [Fact]
    public void However_ragged_the_surface_no_edge_has_more_than_two_triangles()
    {
        var topology = new MeshTopology(MeshScene.Join(Ball(1.5 * Voxel).Parts(Square(32), 32, Anywhere)));
        Assert.Equal(0, topology.Faults);
        Assert.Equal(0, topology.Degenerate);
        Assert.InRange(topology.Vertices.Average(static vertex => vertex.Length), 1 - (0.5 * Voxel), 1 + (0.5 * Voxel));
    }

    [Fact]
    public void Tiles_join_without_a_crack_also_when_they_are_simplified()
    {
        MeshPart[] one = House().Parts(Square(80), 80, new MeshOptions());
        MeshPart[] four = House().Parts(Square(80), 40, new MeshOptions());
        TriangleMesh whole = MeshScene.Join(one);
        TriangleMesh joined = MeshScene.Join(four);
        Assert.Equal(4, four.Length);
        Assert.Equal(whole.VertexCount, joined.VertexCount);
        Assert.Equal(whole.TriangleCount, joined.TriangleCount);

        TriangleMesh simple = MeshScene.Join(four.Select(static part => MeshSimplifier.Simplify(part, 0.1 * Voxel, int.MaxValue / 3)));
        Assert.True(simple.TriangleCount < joined.TriangleCount / 2);
        foreach (MeshTopology topology in (MeshTopology[])[new MeshTopology(joined), new MeshTopology(simple)])
        {
            Assert.DoesNotContain(topology.Border(), static middle => Math.Max(Math.Abs(middle.X), Math.Abs(middle.Y)) < 3.5);
        }
    }

    [Fact]
    public void A_house_keeps_its_roof_its_edges_and_walls()
    {
        TriangleMesh mesh = MeshSimplifier.Simplify(MeshScene.Join(House().Parts(Square(80), 40, new MeshOptions())), 600);
        Assert.InRange(mesh.VertexCount, 1, 600);
        Assert.InRange(mesh.TriangleCount, 1, 1200);
        var topology = new MeshTopology(mesh);
        Assert.Equal(0, topology.Degenerate);
        Assert.DoesNotContain(topology.Border(), static middle => Math.Max(Math.Abs(middle.X), Math.Abs(middle.Y)) < 3.5);
        Vector3D[] inner = [.. topology.Vertices.Where(static v => Math.Max(Math.Abs(v.X), Math.Abs(v.Y)) < 3.5)];
        Assert.All(inner, static vertex => Assert.InRange(OffHouse(vertex), 0, Voxel));
        Vector3D[] roof = [.. inner.Where(static v => v.Z > RoofHeight - (0.5 * Voxel))];
        Assert.InRange(roof.Max(static v => v.X), RoofHalf - Voxel, RoofHalf + (0.5 * Voxel));
        Assert.InRange(roof.Min(static v => v.Y), -RoofHalf - (0.5 * Voxel), -RoofHalf + Voxel);
    }

    [Fact]
    public void The_mesh_is_the_same_on_any_number_of_threads()
    {
        MeshPart[] alone = House().Parts(Square(80), 40, new MeshOptions(), threads: 1);
        MeshPart[] together = House().Parts(Square(80), 40, new MeshOptions(), threads: 4);
        for (int i = 0; i < alone.Length; i++)
        {
            Assert.Equal(alone[i].Mesh.Positions, together[i].Mesh.Positions);
            Assert.Equal(alone[i].Mesh.Triangles, together[i].Mesh.Triangles);
            Assert.Equal(alone[i].SharedKeys, together[i].SharedKeys);
        }
    }

    [Fact]
    public void A_small_piece_is_dropped_and_the_largest_stays_however_small()
    {
        TriangleMesh ball = MeshScene.Join(Ball(0).Parts(Square(24), 24, Anywhere));
        var joiner = new MeshJoiner(Vector3D.Zero);
        joiner.Add(new MeshPart(ball, new long[ball.VertexCount]));
        joiner.Add(new MeshPart(
            new TriangleMesh { Origin = new Vector3D(5, 5, 5), Positions = [0, 0, 0, 1, 0, 0, 0, 1, 0], Triangles = [0, 1, 2] }, new long[3]));
        Assert.Equal(ball.TriangleCount + 1, MeshComponents.DropSmall(joiner.ToMesh(), 0.4, 0).TriangleCount);
        Assert.Equal(ball.TriangleCount, MeshComponents.DropSmall(joiner.ToMesh(), 0.6, 0).TriangleCount);
        Assert.Equal(ball.TriangleCount, MeshComponents.DropSmall(joiner.ToMesh(), 1000, 0).TriangleCount);
    }

    [Fact]
    public void A_gap_in_the_cloud_is_closed_from_what_surrounds_it_and_the_outside_is_not()
    {
        var positions = new List<float>();
        for (int y = 0; y < 100; y++)
        {
            for (int x = 0; x < 100; x++)
            {
                if (Math.Abs(x - 50) > 15 || Math.Abs(y - 50) > 15)
                {
                    positions.AddRange([0.1f * x, 0.1f * y, 0.05f * x]);
                }
            }
        }

        var cloud = new PointCloud
        {
            Origin = new Vector3D(1000, 2000, 400),
            Positions = [.. positions],
            Normals = new float[positions.Count],
            Colors = new byte[positions.Count],
            Views = new byte[positions.Count / 3],
        };
        var relief = new Relief(new MapRectangle(998, 1998, 1012, 2012), 0.25, [cloud], CancellationToken.None);
        Assert.Null(relief.GapHeight(1001, 2005));
        Assert.Null(relief.GapHeight(999, 2005));
        Assert.Null(relief.GapHeight(0, 0));
        Assert.InRange(relief.GapHeight(1005, 2005)!.Value, 402.4, 402.6);
        Assert.InRange(relief.GapHeight(1004, 2005)!.Value, 401.8, 402.25);
    }

    [Fact]
    public void The_mesh_of_a_survey_lies_on_its_true_ground()
    {
        DepthMap[] maps = [.. survey.Maps.Select((map, shot) => ConsistencyFilter.Filter(
            map, [.. survey.Neighbours[shot].Select(i => survey.Maps[i])], new ConsistencyOptions(), CancellationToken.None))];
        FusionView[] views = [.. maps.Select((map, i) => new FusionView(map, survey.Views[i].Picture))];
        Vector3D middle = survey.Survey.MapFrame.MapFromWorld(Vector3D.Zero);
        double spacing = 1.5 * MapFootprint.Of(maps[2], survey.Survey.MapFrame)!.PixelMetres;
        var area = new MapRectangle(middle.X - 10, middle.Y - 10, middle.X + 10, middle.Y + 10);
        PointCloud cloud = DepthMapFuser.Fuse(
            area, survey.Survey.MapFrame, views, new FusionOptions { SpacingMetres = spacing }, CancellationToken.None);
        var tile = new VoxelTile(new VoxelLattice(middle.X - 8, middle.Y - 8, spacing), 0, 0, 128, 128);
        MeshPart part = SurfaceMesher.Mesh(
            tile,
            survey.Survey.MapFrame,
            [.. maps.Select(map => new DistanceView(map, MapFootprint.Of(map, survey.Survey.MapFrame)!.Bounds))],
            [cloud],
            null,
            new MeshOptions(),
            CancellationToken.None);
        double[] errors =
        [
            .. new MeshTopology(part.Mesh).Vertices
                .Where(vertex => survey.Survey.IsOpenGround(vertex.X, vertex.Y, 1))
                .Select(vertex => Math.Abs(vertex.Z - survey.Survey.SurfaceHeightOnMap(vertex.X, vertex.Y)))
                .Order(),
        ];
        Assert.True(errors.Length > 1000, $"{errors.Length} vertices");
        Assert.InRange(errors[errors.Length / 2] / survey.Gsd, 0, 0.7);
        Assert.InRange(errors[(int)(0.95 * errors.Length)] / survey.Gsd, 0, 2);
    }

    private static MeshOptions Anywhere => new() { HasVertical = false };

    private static GroundGrid Square(int cells) => new(-0.5 * cells * Voxel, 0.5 * cells * Voxel, Voxel, cells, cells);

    private static MeshScene Ball(double noise) => new(
        [
            .. from x in Enumerable.Range(-1, 3)
               from y in Enumerable.Range(-1, 3)
               from z in Enumerable.Range(-1, 3)
               where (x, y, z) != (0, 0, 0)
               select 4 * new Vector3D(x, y, z).Normalized(),
        ],
        Vector3D.Zero,
        static (center, direction) =>
        {
            double half = -Vector3D.Dot(center, direction);
            double root = (half * half) - center.LengthSquared + 1;
            return root > 0 ? half - Math.Sqrt(root) : 0;
        },
        noise);

    private static MeshScene House() => new(
        [new(0.1, 0, 12), new(7, 1, 10), new(-7, -1, 10), new(1, 7, 10), new(-1, -7, 10)], Vector3D.Zero, HitHouse);

    /// <summary>Distance to the ground at height 0 or the block on it.</summary>
    private static double HitHouse(Vector3D center, Vector3D direction)
    {
        double near = 0;
        double far = double.PositiveInfinity;
        foreach ((double from, double along, double low, double high) in ((double, double, double, double)[])
            [
                (center.X, direction.X, -RoofHalf, RoofHalf),
                (center.Y, direction.Y, -RoofHalf, RoofHalf),
                (center.Z, direction.Z, -1, RoofHeight),
            ])
        {
            double first = (low - from) / along;
            double second = (high - from) / along;
            near = Math.Max(near, Math.Min(first, second));
            far = Math.Min(far, Math.Max(first, second));
        }

        double ground = direction.Z < 0 ? -center.Z / direction.Z : 0;
        return near < far && (ground <= 0 || near < ground) ? near : ground < 30 ? ground : 0;
    }

    /// <summary>Distance from the nearest of ground, roof and walls.</summary>
    private static double OffHouse(Vector3D point)
    {
        double offWall = Math.Max(Math.Abs(point.X), Math.Abs(point.Y)) - RoofHalf;
        double wall = point.Z > -Voxel && point.Z < RoofHeight + Voxel ? Math.Abs(offWall) : double.PositiveInfinity;
        double level = offWall < 0 ? Math.Abs(point.Z - RoofHeight) : Math.Abs(point.Z);
        return Math.Min(wall, level);
    }
}
