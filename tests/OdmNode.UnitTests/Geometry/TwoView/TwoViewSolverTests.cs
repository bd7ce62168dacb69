using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Geometry.TwoView;

namespace OdmNode.UnitTests.Geometry.TwoView;

public class TwoViewSolverTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Five_exact_points_give_the_true_essential_matrix_among_the_solutions(bool planar)
    {
        int exact = 0;
        for (ulong seed = 0; seed < 100; seed++)
        {
            var scene = new TwoViewScene(seed, 5, planar);
            var solutions = new Matrix3x3[FivePointSolver.MaximumSolutions];
            int count = FivePointSolver.Solve(scene.A, scene.B, solutions);

            Matrix3x3 truth = Epipolar.EssentialOf(scene.BFromA);
            exact += solutions.Take(count).Any(e => DirectionDistance(e, truth) < 1e-5) ? 1 : 0;
            for (int i = 0; i < count; i++)
            {
                for (int k = 0; k < 5; k++)
                {
                    Assert.InRange(Math.Abs(Vector3D.Dot(scene.B[k], solutions[i] * scene.A[k])), 0, 1e-9);
                }
            }
        }

        // Some samples are close to a double root, where the polynomial keeps few digits.
        Assert.InRange(exact, planar ? 85 : 95, 100);
    }

    [Fact]
    public void Every_solution_of_the_five_point_problem_is_an_essential_matrix()
    {
        for (ulong seed = 100; seed < 120; seed++)
        {
            var scene = new TwoViewScene(seed, 5);
            var solutions = new Matrix3x3[FivePointSolver.MaximumSolutions];
            int count = FivePointSolver.Solve(scene.A, scene.B, solutions);
            foreach (Matrix3x3 e in solutions.Take(count))
            {
                // Two equal singular values and a zero: tr(EEᵀ)² = 2 tr((EEᵀ)²) and det E = 0.
                Matrix3x3 product = e * e.Transposed();
                double trace = product.Trace();
                Assert.InRange(Math.Abs((trace * trace) - (2 * (product * product).Trace())) / (trace * trace), 0, 1e-3);
                Assert.InRange(Math.Abs(e.Determinant()) / Math.Pow(trace, 1.5), 0, 1e-3);
            }
        }
    }

    [Fact]
    public void Five_times_the_same_point_gives_no_usable_solution_and_no_failure()
    {
        var a = Enumerable.Repeat(new Vector3D(0.1, 0.2, 1), 5).ToArray();
        var solutions = new Matrix3x3[FivePointSolver.MaximumSolutions];
        Assert.InRange(FivePointSolver.Solve(a, a, solutions), 0, FivePointSolver.MaximumSolutions);
    }

    [Fact]
    public void The_pose_of_an_essential_matrix_has_the_points_in_front_of_both_cameras()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var scene = new TwoViewScene(seed, 30);
            int inFront = RelativePose.FromEssential(Epipolar.EssentialOf(scene.BFromA), scene.A, scene.B, out RigidTransform pose);

            Assert.Equal(30, inFront);
            AssertSamePose(scene.BFromA, pose, 1e-9);
        }
    }

    [Fact]
    public void Refinement_brings_a_disturbed_pose_back_to_the_truth()
    {
        var scene = new TwoViewScene(7, 60);
        var disturbed = new RigidTransform(
            Rotations.FromAxisAngle(new Vector3D(0.02, -0.01, 0.015)) * scene.BFromA.Rotation,
            (scene.BFromA.Translation + new Vector3D(0.05, 0.02, -0.03)).Normalized());

        AssertSamePose(scene.BFromA, RelativePose.Refine(disturbed, scene.A, scene.B), 1e-9);
    }

    [Fact]
    public void Seven_exact_points_give_a_fundamental_matrix_that_all_points_satisfy()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var scene = new TwoViewScene(seed, 30);
            var solutions = new Matrix3x3[FundamentalSolver.MaximumSolutions];
            int count = FundamentalSolver.SolveMinimal(scene.A.AsSpan(0, 7), scene.B.AsSpan(0, 7), solutions);

            Assert.Contains(solutions.Take(count), f => Enumerable.Range(0, 30)
                .All(i => Epipolar.SampsonSquared(f, scene.A[i], scene.B[i]) < 1e-14));
        }
    }

    [Fact]
    public void The_linear_fundamental_matrix_is_exact_without_noise_and_has_rank_two()
    {
        var scene = new TwoViewScene(3, 20);
        Assert.True(FundamentalSolver.Solve(scene.A, scene.B, out Matrix3x3 f));
        Assert.InRange(Math.Abs(f.Determinant()), 0, 1e-12);
        Assert.InRange(DirectionDistance(f, Epipolar.EssentialOf(scene.BFromA)), 0, 1e-7);
    }

    [Fact]
    public void The_linear_fundamental_matrix_of_a_plane_is_refused()
    {
        var scene = new TwoViewScene(3, 20, planar: true);
        Assert.False(FundamentalSolver.Solve(scene.A, scene.B, out _));
    }

    [Theory]
    [InlineData(true, false, 4)]
    [InlineData(true, false, 40)]
    [InlineData(false, true, 4)]
    [InlineData(false, true, 40)]
    public void Planes_and_turned_cameras_are_homographies(bool planar, bool turnedOnly, int count)
    {
        var scene = new TwoViewScene(11, 40, planar, turnedOnly);
        Assert.True(Homography.Solve(scene.A.AsSpan(0, count), scene.B.AsSpan(0, count), out Homography homography));
        for (int i = 0; i < 40; i++)
        {
            Assert.InRange(homography.SquaredError(scene.A[i], scene.B[i]), 0, 1e-18);
        }
    }

    [Fact]
    public void Points_on_a_line_give_no_homography()
    {
        Vector3D[] a = [new(0, 0, 1), new(0.1, 0.1, 1), new(0.2, 0.2, 1), new(0.3, 0.3, 1)];
        Assert.False(Homography.Solve(a, a, out _));
    }

    [Fact]
    public void Sampson_distance_is_the_geometric_distance_to_first_order()
    {
        var scene = new TwoViewScene(5, 1);
        Matrix3x3 e = Epipolar.EssentialOf(scene.BFromA);
        Vector3D line = e * scene.A[0];
        double norm = Math.Sqrt((line.X * line.X) + (line.Y * line.Y));
        // Moving b off its line by d lets a take its share of the way back: the distance is d times the sine of how
        // the gradient divides between the two views.
        const double d = 1e-4;
        var moved = new Vector3D(scene.B[0].X + (d * line.X / norm), scene.B[0].Y + (d * line.Y / norm), 1);
        Vector3D back = e.Transposed() * moved;
        double expected = d * norm / Math.Sqrt((norm * norm) + (back.X * back.X) + (back.Y * back.Y));
        Assert.Equal(expected, Math.Sqrt(Epipolar.SampsonSquared(e, scene.A[0], moved)), 1e-9);
    }

    internal static void AssertSamePose(in RigidTransform expected, in RigidTransform actual, double tolerance)
    {
        Assert.InRange(Rotations.ToAxisAngle(expected.Rotation * actual.Rotation.Transposed()).Length, 0, tolerance);
        Assert.InRange((expected.Translation - actual.Translation).Length, 0, tolerance);
    }

    // Distance of two matrices as directions: their scale and sign mean nothing.
    private static double DirectionDistance(in Matrix3x3 a, in Matrix3x3 b)
    {
        double[] x = Elements(a);
        double[] y = Elements(b);
        double nx = Math.Sqrt(x.Sum(v => v * v));
        double ny = Math.Sqrt(y.Sum(v => v * v));
        double plus = x.Zip(y, (p, q) => Math.Pow((p / nx) + (q / ny), 2)).Sum();
        double minus = x.Zip(y, (p, q) => Math.Pow((p / nx) - (q / ny), 2)).Sum();
        return Math.Sqrt(Math.Min(plus, minus));
    }

    private static double[] Elements(in Matrix3x3 m) => [m.M11, m.M12, m.M13, m.M21, m.M22, m.M23, m.M31, m.M32, m.M33];
}
