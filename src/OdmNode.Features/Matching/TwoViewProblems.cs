using OdmNode.Geometry.Linear;
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

/// <summary>Essential matrices of calibrated points.</summary>
internal readonly struct EssentialProblem(Vector3D[] a, Vector3D[] b) : IRobustModel<Matrix3x3>
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
        RigidTransform pose = RelativePose.Refine(poses[0], TwoViewProblems.Gather(a, inliers), TwoViewProblems.Gather(b, inliers));
        refined = Epipolar.EssentialOf(pose);
        return true;
    }

    public double SquaredError(in Matrix3x3 model, int index) => Epipolar.SampsonSquared(model, a[index], b[index]);
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
