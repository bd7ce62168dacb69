using System.Runtime.InteropServices;

namespace OdmNode.Native.Interop;

/// <summary>native/include/odm_bundle.h.</summary>
internal static partial class BundleNative
{
    [LibraryImport(NativeLibraryHost.Library, EntryPoint = "odm_bundle_adjust")]
    public static unsafe partial NativeStatus Adjust(Problem* problem, Summary* summary);

    /// <summary><c>odm_bundle_problem</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct Problem
    {
        public long LensCount;
        public long PoseCount;
        public long PointCount;
        public long ObservationCount;
        public double* Lenses;
        public byte* LensConstant;
        public int* LensModel;
        public double* LensPrior;
        public double* LensPriorSigma;
        public double* Poses;
        public byte* PoseConstant;
        public int* PoseLens;
        public double* PositionPrior;
        public double* PositionPriorSigma;
        public double* UpPrior;
        public double* UpPriorSigma;
        public double* Points;
        public byte* PointConstant;
        public double* PointPrior;
        public double* PointPriorSigma;
        public int* ObservationPose;
        public int* ObservationPoint;
        public double* ObservationPixel;
        public double* ObservationSigma;
        public double LossScale;
        public double PositionLossScale;
        public double FunctionTolerance;
        public int MaxIterations;
        public int LinearSolver;
        public int* Cancel;
    }

    /// <summary><c>odm_bundle_summary</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Summary
    {
        public double InitialCost;
        public double FinalCost;
        public int Iterations;
        public int Termination;
        public int LinearSolver;
        public int Reserved;
    }
}
