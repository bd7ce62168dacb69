using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Optimization;
using OdmNode.Geometry.Robust;
using OdmNode.Geometry.Transforms;
using OdmNode.Geometry.TwoView;

namespace OdmNode.Features.Matching;

/// <summary>What the three models of two views share: gathering samples of points.</summary>
internal static class TwoViewProblems
{
    public static void Gather(Vector3D[] from, ReadOnlySpan<int> indices, Span<Vector3D> to)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            to[i] = from[indices[i]];
        }
    }

    public static Vector3D[] Gather(Vector3D[] from, ReadOnlySpan<int> indices)
    {
        var to = new Vector3D[indices.Length];
        Gather(from, indices, to);
        return to;
    }
}

/// <summary>Essential matrices of calibrated points, or of rays.</summary>
internal readonly struct EssentialProblem(Vector3D[] a, Vector3D[] b, bool areRays) : IRobustModel<Matrix3x3>
{
    public int Count => a.Length;

    public int SampleSize => FivePointSolver.SampleSize;

    public int MaximumSolutions => FivePointSolver.MaximumSolutions;

    public int Solve(ReadOnlySpan<int> sample, Span<Matrix3x3> models)
    {
        Span<Vector3D> sampleA = stackalloc Vector3D[FivePointSolver.SampleSize];
        Span<Vector3D> sampleB = stackalloc Vector3D[FivePointSolver.SampleSize];
        TwoViewProblems.Gather(a, sample, sampleA);
        TwoViewProblems.Gather(b, sample, sampleB);
        return FivePointSolver.Solve(sampleA, sampleB, models);
    }

    public bool Refine(ReadOnlySpan<int> inliers, in Matrix3x3 start, out Matrix3x3 refined)
    {
        // All four poses of a matrix have the same Sampson distances: any of them can be moved.
        Span<RigidTransform> poses = stackalloc RigidTransform[4];
        RelativePose.Decompose(start, poses);
        RigidTransform pose = RelativePose.Refine(poses[0], TwoViewProblems.Gather(a, inliers), TwoViewProblems.Gather(b, inliers), areRays);
        refined = Epipolar.EssentialOf(pose);
        return true;
    }

    public double SquaredError(in Matrix3x3 model, int index) => areRays
        ? Epipolar.SampsonSquaredOfRays(model, a[index], b[index])
        : Epipolar.SampsonSquared(model, a[index], b[index]);
}

/// <summary>Fundamental matrices, over the same points: they absorb a wrong focal length.</summary>
internal readonly struct FundamentalProblem(Vector3D[] a, Vector3D[] b) : IRobustModel<Matrix3x3>
{
    public int Count => a.Length;

    public int SampleSize => FundamentalSolver.SampleSize;

    public int MaximumSolutions => FundamentalSolver.MaximumSolutions;

    public int Solve(ReadOnlySpan<int> sample, Span<Matrix3x3> models)
    {
        Span<Vector3D> sampleA = stackalloc Vector3D[FundamentalSolver.SampleSize];
        Span<Vector3D> sampleB = stackalloc Vector3D[FundamentalSolver.SampleSize];
        TwoViewProblems.Gather(a, sample, sampleA);
        TwoViewProblems.Gather(b, sample, sampleB);
        return FundamentalSolver.SolveMinimal(sampleA, sampleB, models);
    }

    public bool Refine(ReadOnlySpan<int> inliers, in Matrix3x3 start, out Matrix3x3 refined) =>
        FundamentalSolver.Solve(TwoViewProblems.Gather(a, inliers), TwoViewProblems.Gather(b, inliers), out refined);

    public double SquaredError(in Matrix3x3 model, int index) => Epipolar.SampsonSquared(model, a[index], b[index]);
}

/// <summary>Homographies of the same points.</summary>
internal readonly struct HomographyProblem(Vector3D[] a, Vector3D[] b) : IRobustModel<Homography>
{
    public int Count => a.Length;

    public int SampleSize => Homography.SampleSize;

    public int MaximumSolutions => 1;

    public int Solve(ReadOnlySpan<int> sample, Span<Homography> models)
    {
        Span<Vector3D> sampleA = stackalloc Vector3D[Homography.SampleSize];
        Span<Vector3D> sampleB = stackalloc Vector3D[Homography.SampleSize];
        TwoViewProblems.Gather(a, sample, sampleA);
        TwoViewProblems.Gather(b, sample, sampleB);
        return Homography.Solve(sampleA, sampleB, out models[0]) ? 1 : 0;
    }

    public bool Refine(ReadOnlySpan<int> inliers, in Homography start, out Homography refined) =>
        Homography.Solve(TwoViewProblems.Gather(a, inliers), TwoViewProblems.Gather(b, inliers), out refined);

    public double SquaredError(in Homography model, int index) => model.SquaredError(a[index], b[index]);
}

/// <summary>Rotations of rays: how a camera that only turned sees the world again.</summary>
internal readonly struct RotationProblem(Vector3D[] a, Vector3D[] b) : IRobustModel<Matrix3x3>
{
    public int Count => a.Length;

    public int SampleSize => 2;

    public int MaximumSolutions => 1;

    public int Solve(ReadOnlySpan<int> sample, Span<Matrix3x3> models)
    {
        models[0] = FrameOf(b[sample[0]], b[sample[1]]) * FrameOf(a[sample[0]], a[sample[1]]).Transposed();
        return double.IsFinite(models[0].Trace()) ? 1 : 0;
    }

    public bool Refine(ReadOnlySpan<int> inliers, in Matrix3x3 start, out Matrix3x3 refined)
    {
        // Small turns on top: each ray gives the part of the turn across it.
        refined = start;
        Span<double> normal = stackalloc double[9];
        Span<double> turn = stackalloc double[3];
        foreach (int i in inliers)
        {
            Vector3D u = start * a[i];
            Vector3D right = Vector3D.Cross(u, b[i]);
            normal[0] += 1 - (u.X * u.X);
            normal[3] -= u.X * u.Y;
            normal[4] += 1 - (u.Y * u.Y);
            normal[6] -= u.X * u.Z;
            normal[7] -= u.Y * u.Z;
            normal[8] += 1 - (u.Z * u.Z);
            (turn[0], turn[1], turn[2]) = (turn[0] + right.X, turn[1] + right.Y, turn[2] + right.Z);
        }

        if (!CholeskySolver.TrySolve(normal, turn))
        {
            return false;
        }

        refined = Rotations.FromAxisAngle(new Vector3D(turn[0], turn[1], turn[2])) * start;
        return true;
    }

    public double SquaredError(in Matrix3x3 model, int index) => ((model * a[index]) - b[index]).LengthSquared;

    private static Matrix3x3 FrameOf(Vector3D first, Vector3D second)
    {
        Vector3D across = Vector3D.Cross(first, second).Normalized();
        return Matrix3x3.FromColumns(first, across, Vector3D.Cross(first, across));
    }
}
