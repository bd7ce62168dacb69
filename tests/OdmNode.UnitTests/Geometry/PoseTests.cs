using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Optimization;
using OdmNode.Geometry.Pose;
using OdmNode.Geometry.Transforms;

namespace OdmNode.UnitTests.Geometry;

public class PoseTests
{
    [Fact]
    public void The_true_pose_is_among_those_of_three_points()
    {
        var random = new Random(5);
        Span<RigidTransform> solutions = new RigidTransform[ThreePointPose.MaxSolutions];
        int found = 0;
        for (int trial = 0; trial < 500; trial++)
        {
            RigidTransform truth = Camera(random);
            Vector3D[] points = Points(random, 3);
            Vector3D[] rays = [.. points.Select(p => (truth * p).Normalized())];
            int count = ThreePointPose.Solve(rays, points, solutions);
            double best = double.PositiveInfinity;
            for (int i = 0; i < count; i++)
            {
                best = Math.Min(best, (solutions[i].Center - truth.Center).Length);
                for (int k = 0; k < 3; k++)
                {
                    Assert.InRange(Vector3D.AngleBetween(solutions[i] * points[k], rays[k]), 0, 1e-5);
                }
            }

            found += best < 1e-5 ? 1 : 0;
        }

        // A double root of the quartic, where two poses merge, may be missed.
        Assert.InRange(found, 495, 500);
    }

    [Fact]
    public void Three_points_on_a_line_give_no_pose()
    {
        Vector3D[] points = [new(0, 0, 5), new(1, 0, 5), new(2, 0, 5)];
        Assert.Equal(0, ThreePointPose.Solve([.. points.Select(p => p.Normalized())], points, new RigidTransform[4]));
    }

    [Fact]
    public void Refinement_finds_the_pose_in_spite_of_wrong_points()
    {
        var random = new Random(6);
        RigidTransform truth = Camera(random);
        Vector3D[] points = Points(random, 100);
        Vector2D[] image = [.. points.Select(p => Project(truth * p))];
        for (int i = 0; i < 20; i++)
        {
            image[i] += new Vector2D(0.3, -0.2);
        }

        var shifted = new RigidTransform(
            Rotations.FromAxisAngle(new Vector3D(0.01, 0.02, -0.01)) * truth.Rotation, truth.Translation + new Vector3D(0.05, 0, 0.1));
        RigidTransform refined = PoseRefinement.Refine(shifted, points, image, 0.002, 30);
        Assert.InRange((refined.Center - truth.Center).Length, 0, 1e-3);
    }

    [Fact]
    public void Rays_meet_in_their_point()
    {
        var random = new Random(7);
        RigidTransform[] cameras = [Camera(random), Camera(random), Camera(random)];
        var truth = new Vector3D(0.3, -0.4, 0.2);
        Vector3D[] rays = [.. cameras.Select(c => (truth - c.Center).Normalized())];
        Vector3D? found = Triangulation.NearestToRays([.. cameras.Select(c => c.Center)], rays);
        Assert.NotNull(found);
        Assert.InRange((found.Value - truth).Length, 0, 1e-9);
        Vector3D refined = Triangulation.Refine(
            truth + new Vector3D(0.01, 0.02, 0.03), cameras, [.. cameras.Select(c => Project(c * truth))], 5);
        Assert.InRange((refined - truth).Length, 0, 1e-9);
    }

    [Fact]
    public void Triangulation_of_parallel_rays_gives_nothing()
    {
        var up = new Vector3D(0, 0, 1);
        Assert.Null(Triangulation.NearestToRays([Vector3D.Zero, new Vector3D(1, 0, 0)], [up, up]));
    }

    [Fact]
    public void Roots_of_a_quartic_are_found_in_order()
    {
        // (x + 3)(x - 0.5)(x - 2)(x - 1000)
        double[] c = Expand([-3, 0.5, 2, 1000]);
        Span<double> roots = stackalloc double[4];
        Assert.Equal(4, Polynomial.RealRoots(c, roots));
        double[] expected = [-3, 0.5, 2, 1000];
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(expected[i], roots[i], 1e-9);
        }

        Assert.Equal(0, Polynomial.RealRoots([1, 0, 1], roots));
    }

    [Fact]
    public void Cholesky_refuses_a_matrix_that_is_not_positive_definite()
    {
        double[] a = [4, 2, 2, 3];
        double[] b = [10, 9];
        Assert.True(CholeskySolver.TrySolve(a, b));
        Assert.Equal(1.5, b[0], 1e-12);
        Assert.Equal(2, b[1], 1e-12);
        Assert.False(CholeskySolver.TrySolve([1, 2, 2, 4], [1, 1]));
    }

    [Fact]
    public void Eigenvectors_turn_a_symmetric_matrix_into_its_values()
    {
        var m = new Matrix3x3(4, 1, -2, 1, 3, 0.5, -2, 0.5, 6);
        (Vector3D values, Vector3D first, Vector3D second, Vector3D third) = SymmetricEigen.Decompose(m);
        Assert.True(values.X <= values.Y && values.Y <= values.Z);
        Assert.InRange(((m * first) - (values.X * first)).Length, 0, 1e-12);
        Assert.InRange(((m * second) - (values.Y * second)).Length, 0, 1e-12);
        Assert.InRange(((m * third) - (values.Z * third)).Length, 0, 1e-12);
    }

    private static double[] Expand(double[] roots)
    {
        double[] c = [1];
        foreach (double root in roots)
        {
            var next = new double[c.Length + 1];
            for (int i = 0; i < c.Length; i++)
            {
                next[i] -= root * c[i];
                next[i + 1] += c[i];
            }

            c = next;
        }

        return c;
    }

    private static Vector2D Project(Vector3D p) => new(p.X / p.Z, p.Y / p.Z);

    private static Vector3D[] Points(Random random, int n) =>
        [.. Enumerable.Range(0, n).Select(_ => new Vector3D(Signed(random), Signed(random), Signed(random)))];

    private static RigidTransform Camera(Random random)
    {
        Matrix3x3 rotation = Rotations.FromAxisAngle(new Vector3D(Signed(random), Signed(random), Signed(random)));
        return new RigidTransform(rotation, new Vector3D(Signed(random), Signed(random), 5 + Signed(random)));
    }

    private static double Signed(Random random) => (2 * random.NextDouble()) - 1;
}
