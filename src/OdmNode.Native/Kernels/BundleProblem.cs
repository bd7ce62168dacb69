namespace OdmNode.Native.Kernels;

/// <summary>
/// A bundle adjustment as flat arrays: c lenses, s poses, n points, m observations. A point X is seen at R (X − C) in the camera frame.
/// </summary>
public sealed class BundleProblem
{
    /// <summary>Values of one lens: f, a, cx, cy, where fx = f and fy = a f, pixels, and five that depend on its model.</summary>
    public const int LensSize = 9;

    /// <summary>A lens with radial k1, k2, k3 and tangential p1, p2 of Brown.</summary>
    public const int BrownLens = 0;

    /// <summary>A lens with k1, k2, k3, k4 of t tan θ + (1 − t) θ, θ the angle off axis, and t.</summary>
    public const int RadialLens = 1;

    /// <summary>An equirectangular picture of the sphere, f pixels to a radian; its other values are 0 and all are to be held.</summary>
    public const int SphericalLens = 2;

    /// <summary>Values of one pose: axis-angle vector of cameraFromWorld, radians, then the projection centre.</summary>
    public const int PoseSize = 6;

    /// <param name="lensCount">c.</param>
    /// <param name="poseCount">s.</param>
    /// <param name="pointCount">n.</param>
    /// <param name="observationCount">m.</param>
    public BundleProblem(int lensCount, int poseCount, int pointCount, int observationCount)
    {
        Lenses = new double[lensCount * LensSize];
        LensConstant = new byte[lensCount * LensSize];
        LensModel = new int[lensCount];
        LensPrior = new double[lensCount * LensSize];
        LensPriorSigma = new double[lensCount * LensSize];
        Poses = new double[poseCount * PoseSize];
        PoseConstant = new byte[poseCount];
        PoseLens = new int[poseCount];
        PositionPrior = new double[poseCount * 3];
        PositionPriorSigma = new double[poseCount * 3];
        UpPrior = new double[poseCount * 3];
        UpPriorSigma = new double[poseCount];
        Points = new double[pointCount * 3];
        PointConstant = new byte[pointCount];
        ObservationPose = new int[observationCount];
        ObservationPoint = new int[observationCount];
        ObservationPixel = new double[observationCount * 2];
        ObservationSigma = new double[observationCount];
    }

    /// <summary>c × 9: start values in, estimates out.</summary>
    public double[] Lenses { get; }

    /// <summary>c × 9: not 0 holds the value.</summary>
    public byte[] LensConstant { get; }

    /// <summary>c: <see cref="BrownLens"/>, <see cref="RadialLens"/> or <see cref="SphericalLens"/>.</summary>
    public int[] LensModel { get; }

    /// <summary>c × 9.</summary>
    public double[] LensPrior { get; }

    /// <summary>c × 9 standard deviations; 0 for no prior.</summary>
    public double[] LensPriorSigma { get; }

    /// <summary>s × 6: start values in, estimates out.</summary>
    public double[] Poses { get; }

    /// <summary>s: not 0 holds the pose.</summary>
    public byte[] PoseConstant { get; }

    /// <summary>s indices of lenses.</summary>
    public int[] PoseLens { get; }

    /// <summary>s × 3 measured projection centres.</summary>
    public double[] PositionPrior { get; }

    /// <summary>s × 3 standard deviations; 0 for no prior on that axis.</summary>
    public double[] PositionPriorSigma { get; }

    /// <summary>s × 3: unit vectors in the camera frame that the world's z axis should have.</summary>
    public double[] UpPrior { get; }

    /// <summary>s standard deviations, radians; 0 for no prior.</summary>
    public double[] UpPriorSigma { get; }

    /// <summary>n × 3: start values in, estimates out.</summary>
    public double[] Points { get; }

    /// <summary>n: not 0 holds the point.</summary>
    public byte[] PointConstant { get; }

    /// <summary>n × 3 surveyed places, or empty where no point has one.</summary>
    public double[] PointPrior { get; private set; } = [];

    /// <summary>n × 3 standard deviations, 0 for no prior on that axis; empty with <see cref="PointPrior"/>.</summary>
    public double[] PointPriorSigma { get; private set; } = [];

    /// <summary>m indices of poses.</summary>
    public int[] ObservationPose { get; }

    /// <summary>m indices of points.</summary>
    public int[] ObservationPoint { get; }

    /// <summary>m × 2 pixels.</summary>
    public double[] ObservationPixel { get; }

    /// <summary>m standard deviations of one coordinate, pixels, positive.</summary>
    public double[] ObservationSigma { get; }

    /// <summary>Scale of the soft L1 loss of observations, in standard deviations; 0 for squared loss.</summary>
    public double LossScale { get; set; } = 1;

    /// <summary>Scale of the soft L1 loss of position priors and of the observations of surveyed points, in standard deviations; 0 for squared loss.</summary>
    public double PositionLossScale { get; set; }

    /// <summary>The adjustment ends when the cost falls by a smaller share than this.</summary>
    public double FunctionTolerance { get; set; } = 1e-6;

    public int MaxIterations { get; set; } = 50;

    /// <summary>Says where a point was surveyed.</summary>
    /// <param name="point">Index.</param>
    /// <param name="place">3 coordinates.</param>
    /// <param name="sigma">3 standard deviations; 0 for no prior on that axis.</param>
    public void SurveyPoint(int point, ReadOnlySpan<double> place, ReadOnlySpan<double> sigma)
    {
        if (PointPrior.Length == 0)
        {
            (PointPrior, PointPriorSigma) = (new double[Points.Length], new double[Points.Length]);
        }

        place[..3].CopyTo(PointPrior.AsSpan(3 * point));
        sigma[..3].CopyTo(PointPriorSigma.AsSpan(3 * point));
    }
}
