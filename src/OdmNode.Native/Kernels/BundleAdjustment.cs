using OdmNode.Native.Interop;

namespace OdmNode.Native.Kernels;

/// <summary>Poses, points and lenses that fit the observations best, by Levenberg-Marquardt with the points eliminated (Ceres).</summary>
/// <remarks>Works in the calling thread only, so that its bits do not depend on the number of cores. B. Triggs et al., Bundle
/// adjustment: a modern synthesis, 2000.</remarks>
public static class BundleAdjustment
{
    private const int Cancelled = 3;
    private const int Failure = 2;

    /// <summary>Solves the problem in place.</summary>
    /// <exception cref="OperationCanceledException">Between two steps; the arrays then hold the best estimate so far.</exception>
    public static BundleSummary Solve(BundleProblem problem, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(problem);
        cancellationToken.ThrowIfCancellationRequested();
        NativeLibraryHost.EnsureLoaded();
        int[] cancel = GC.AllocateArray<int>(1, pinned: true);
        using CancellationTokenRegistration registration =
            cancellationToken.UnsafeRegister(static flag => Volatile.Write(ref ((int[])flag!)[0], 1), cancel);
        BundleNative.Summary summary = Solve(problem, cancel);
        if (summary.Termination == Cancelled)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return new BundleSummary(
            summary.InitialCost, summary.FinalCost, summary.Iterations, summary.Termination == 0, summary.Termination != Failure);
    }

    private static unsafe BundleNative.Summary Solve(BundleProblem problem, int[] cancel)
    {
        BundleNative.Summary summary = default;
        fixed (double* lenses = problem.Lenses, lensPrior = problem.LensPrior, lensPriorSigma = problem.LensPriorSigma)
        fixed (double* poses = problem.Poses, positionPrior = problem.PositionPrior)
        fixed (double* positionPriorSigma = problem.PositionPriorSigma, upPrior = problem.UpPrior)
        fixed (double* upPriorSigma = problem.UpPriorSigma, points = problem.Points)
        fixed (double* pixels = problem.ObservationPixel, sigmas = problem.ObservationSigma)
        fixed (byte* lensConstant = problem.LensConstant, poseConstant = problem.PoseConstant)
        fixed (byte* pointConstant = problem.PointConstant)
        fixed (double* pointPrior = problem.PointPrior, pointPriorSigma = problem.PointPriorSigma)
        fixed (int* lensModel = problem.LensModel, poseLens = problem.PoseLens, observationPose = problem.ObservationPose)
        fixed (int* observationPoint = problem.ObservationPoint, cancelFlag = cancel)
        {
            var native = new BundleNative.Problem
            {
                LensCount = problem.Lenses.Length / BundleProblem.LensSize,
                PoseCount = problem.PoseLens.Length,
                PointCount = problem.PointConstant.Length,
                ObservationCount = problem.ObservationPose.Length,
                Lenses = lenses,
                LensConstant = lensConstant,
                LensModel = lensModel,
                LensPrior = lensPrior,
                LensPriorSigma = lensPriorSigma,
                Poses = poses,
                PoseConstant = poseConstant,
                PoseLens = poseLens,
                PositionPrior = positionPrior,
                PositionPriorSigma = positionPriorSigma,
                UpPrior = upPrior,
                UpPriorSigma = upPriorSigma,
                Points = points,
                PointConstant = pointConstant,
                PointPrior = pointPrior,
                PointPriorSigma = pointPriorSigma,
                ObservationPose = observationPose,
                ObservationPoint = observationPoint,
                ObservationPixel = pixels,
                ObservationSigma = sigmas,
                LossScale = problem.LossScale,
                PositionLossScale = problem.PositionLossScale,
                FunctionTolerance = problem.FunctionTolerance,
                MaxIterations = problem.MaxIterations,
                Cancel = cancelFlag,
            };
            NativeLibraryHost.ThrowIfFailed(BundleNative.Adjust(&native, &summary), "Bundle adjustment");
        }

        return summary;
    }
}
