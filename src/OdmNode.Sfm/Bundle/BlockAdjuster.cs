using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Native.Kernels;
using OdmNode.Sfm.Control;
using OdmNode.Sfm.Registration;

namespace OdmNode.Sfm.Bundle;

/// <summary>Turns a block, or a part of it, into a bundle adjustment and takes the answer over.</summary>
internal sealed class BlockAdjuster(Block block, CancellationToken cancellationToken)
{
    /// <summary>
    /// How many standard deviations of its noise an observation is held to be uncertain by, where it meets priors. The errors that
    /// neighbouring observations share (rolling shutter, lens corrections in the camera, a surface seen from two sides) do not average
    /// out; with the noise alone, thousands of observations would outvote any prior and bend a flat survey to fit those errors.
    /// </summary>
    private const double SharedErrorFactor = 5;

    // A mark set by hand, full-size pixels.
    private const double MarkSigma = 1;
    private const double KnownPitchSigma = 0.1;
    private const double AssumedDownSigma = 0.3;

    /// <summary>
    /// Measured positions are held to be no better than this, metres. While the lens is not yet known a block cannot meet positions that
    /// are good to millimetres, and would rather bend its lens and drop its observations than leave them.
    /// </summary>
    public double PositionSigmaFloor { get; set; }

    /// <summary>Adjustments made.</summary>
    public int Adjustments { get; private set; }

    /// <summary>Iterations of all adjustments.</summary>
    public int Iterations { get; private set; }

    /// <summary>Adjusts the points of the given tracks with their cameras.</summary>
    /// <param name="tracks">Tracks with a point.</param>
    /// <param name="isFree">By photo; null frees every pose.</param>
    /// <param name="frees">Which lens values may change.</param>
    /// <param name="maxIterations">Steps at most.</param>
    /// <param name="tolerance">Ends when the cost falls by a smaller share.</param>
    /// <returns>False when the adjustment found nothing; the block is then as before.</returns>
    public bool Adjust(IReadOnlyList<int> tracks, bool[]? isFree, LensRelease frees, int maxIterations, double tolerance)
    {
        int[] poseOf = NumberPoses(tracks, out List<int> photos);
        int observations = CountObservations(tracks);
        if (photos.Count == 0 || observations == 0)
        {
            return false;
        }

        List<(ControlPoint Point, Vector3D Start, List<ControlMark> Marks)> control = ControlOf(poseOf);
        var problem = new BundleProblem(
            block.Lenses.Length, photos.Count, tracks.Count + control.Count, observations + control.Sum(static c => c.Marks.Count))
        {
            LossScale = 1 / SharedErrorFactor,
            PositionLossScale = 3,
            MaxIterations = maxIterations,
            FunctionTolerance = tolerance,
        };
        for (int camera = 0; camera < block.Lenses.Length; camera++)
        {
            WriteLens(problem, camera, frees);
        }

        for (int pose = 0; pose < photos.Count; pose++)
        {
            WritePose(problem, pose, photos[pose], isFree is null || isFree[photos[pose]]);
        }

        WriteObservations(problem, tracks, poseOf);
        WriteControl(problem, control, poseOf, tracks.Count, observations);
        BundleSummary summary = BundleAdjustment.Solve(problem, cancellationToken);
        Adjustments++;
        Iterations += summary.Iterations;
        if (!summary.IsUsable || !problem.Poses.All(double.IsFinite))
        {
            return false;
        }

        Read(problem, tracks, photos, frees);
        return true;
    }

    private int[] NumberPoses(IReadOnlyList<int> tracks, out List<int> photos)
    {
        var seen = new bool[block.IsPlaced.Length];
        foreach (int track in tracks)
        {
            for (int e = block.Tracks.Offsets[track]; e < block.Tracks.Offsets[track + 1]; e++)
            {
                seen[block.Tracks.Photos[e]] |= block.IsUsed[e];
            }
        }

        var poseOf = new int[seen.Length];
        photos = [];
        for (int photo = 0; photo < seen.Length; photo++)
        {
            poseOf[photo] = -1;
            if (seen[photo])
            {
                poseOf[photo] = photos.Count;
                photos.Add(photo);
            }
        }

        return poseOf;
    }

    private int CountObservations(IReadOnlyList<int> tracks)
    {
        int count = 0;
        foreach (int track in tracks)
        {
            for (int e = block.Tracks.Offsets[track]; e < block.Tracks.Offsets[track + 1]; e++)
            {
                count += block.IsUsed[e] ? 1 : 0;
            }
        }

        return count;
    }

    private void WriteLens(BundleProblem problem, int camera, LensRelease frees)
    {
        SfmCamera setting = block.Settings[camera];
        int at = camera * BundleProblem.LensSize;
        block.Lenses[camera].Parameters().CopyTo(problem.Lenses.AsSpan(at));
        setting.Start.Parameters().CopyTo(problem.LensPrior.AsSpan(at));
        LensFreedom.Sigmas(setting).CopyTo(problem.LensPriorSigma.AsSpan(at));
        LensFreedom.Hold(setting, frees, problem.LensConstant.AsSpan(at, BundleProblem.LensSize));
        problem.LensModel[camera] = LensFreedom.NativeModel(setting.Start);
    }

    private void WritePose(BundleProblem problem, int pose, int photo, bool isFree)
    {
        RigidTransform cameraFromWorld = block.CameraFromWorld[photo];
        Vector3D turn = Rotations.ToAxisAngle(cameraFromWorld.Rotation);
        Vector3D center = cameraFromWorld.Center;
        ReadOnlySpan<double> values = [turn.X, turn.Y, turn.Z, center.X, center.Y, center.Z];
        values.CopyTo(problem.Poses.AsSpan(pose * BundleProblem.PoseSize));
        problem.PoseConstant[pose] = isFree ? (byte)0 : (byte)1;
        problem.PoseLens[pose] = block.CameraOf[photo];
        SfmPhoto source = block.Input.Photos[photo];
        if (!block.IsGeoreferenced || !isFree)
        {
            return;
        }

        if (block.PriorOf(photo) is { } prior)
        {
            ReadOnlySpan<double> position = [prior.Position.X, prior.Position.Y, prior.Position.Z];
            double horizontal = Math.Max(prior.HorizontalSigma, PositionSigmaFloor);
            ReadOnlySpan<double> sigma = [horizontal, horizontal, Math.Max(prior.VerticalSigma, PositionSigmaFloor)];
            position.CopyTo(problem.PositionPrior.AsSpan(3 * pose));
            sigma.CopyTo(problem.PositionPriorSigma.AsSpan(3 * pose));
        }

        if (block.NeedsUpPrior)
        {
            Vector3D up = Alignment.UpDirection.InCamera(source);
            ReadOnlySpan<double> direction = [up.X, up.Y, up.Z];
            direction.CopyTo(problem.UpPrior.AsSpan(3 * pose));
            problem.UpPriorSigma[pose] = source.PitchDegrees is null ? AssumedDownSigma : KnownPitchSigma;
        }
    }

    private void WriteObservations(BundleProblem problem, IReadOnlyList<int> tracks, int[] poseOf)
    {
        int at = 0;
        for (int point = 0; point < tracks.Count; point++)
        {
            int track = tracks[point];
            Vector3D position = block.Points[track];
            (problem.Points[3 * point], problem.Points[(3 * point) + 1], problem.Points[(3 * point) + 2]) = position;
            for (int e = block.Tracks.Offsets[track]; e < block.Tracks.Offsets[track + 1]; e++)
            {
                if (!block.IsUsed[e])
                {
                    continue;
                }

                int photo = block.Tracks.Photos[e];
                Vector2D pixel = block.PixelOf(e);
                problem.ObservationPose[at] = poseOf[photo];
                problem.ObservationPoint[at] = point;
                problem.ObservationPixel[2 * at] = pixel.X;
                problem.ObservationPixel[(2 * at) + 1] = pixel.Y;
                problem.ObservationSigma[at] = SharedErrorFactor * 1e-3 * block.SigmaPerMille * block.LensOf(photo).LongestSide;
                at++;
            }
        }
    }

    /// <summary>The control points that the photos at hand see twice, with their marks there.</summary>
    private List<(ControlPoint Point, Vector3D Start, List<ControlMark> Marks)> ControlOf(int[] poseOf)
    {
        var seen = new List<(ControlPoint Point, Vector3D Start, List<ControlMark> Marks)>();
        foreach (ControlPoint point in block.FollowsControl ? block.Input.ControlPoints : [])
        {
            List<ControlMark> marks = [.. ControlNetwork.MarksOf(block, point).Where(mark => poseOf[mark.Photo] >= 0)];
            if (ControlNetwork.Holds(block, point) && marks.Count >= 2 && ControlNetwork.Triangulate(block, point) is { } start)
            {
                seen.Add((point, start, marks));
            }
        }

        return seen;
    }

    private void WriteControl(
        BundleProblem problem,
        List<(ControlPoint Point, Vector3D Start, List<ControlMark> Marks)> control,
        int[] poseOf,
        int firstPoint,
        int firstObservation)
    {
        int at = firstObservation;
        for (int i = 0; i < control.Count; i++)
        {
            (ControlPoint point, Vector3D start, List<ControlMark> marks) = control[i];
            (problem.Points[3 * (firstPoint + i)], problem.Points[(3 * (firstPoint + i)) + 1], problem.Points[(3 * (firstPoint + i)) + 2]) = start;
            problem.SurveyPoint(
                firstPoint + i,
                [point.Position.X, point.Position.Y, point.Position.Z],
                [point.HorizontalSigma, point.HorizontalSigma, point.VerticalSigma]);
            foreach (ControlMark mark in marks)
            {
                problem.ObservationPose[at] = poseOf[mark.Photo];
                problem.ObservationPoint[at] = firstPoint + i;
                (problem.ObservationPixel[2 * at], problem.ObservationPixel[(2 * at) + 1]) = block.PixelOf(mark);
                problem.ObservationSigma[at] = MarkSigma;
                at++;
            }
        }
    }

    private void Read(BundleProblem problem, IReadOnlyList<int> tracks, List<int> photos, LensRelease frees)
    {
        if (frees != LensRelease.None)
        {
            for (int camera = 0; camera < block.Lenses.Length; camera++)
            {
                block.Lenses[camera] = block.Lenses[camera].WithParameters(
                    problem.Lenses.AsSpan(camera * BundleProblem.LensSize, BundleProblem.LensSize));
            }
        }

        for (int pose = 0; pose < photos.Count; pose++)
        {
            if (problem.PoseConstant[pose] == 0)
            {
                ReadOnlySpan<double> v = problem.Poses.AsSpan(pose * BundleProblem.PoseSize, BundleProblem.PoseSize);
                Matrix3x3 rotation = Rotations.FromAxisAngle(new Vector3D(v[0], v[1], v[2]));
                block.CameraFromWorld[photos[pose]] =
                    new RigidTransform(rotation, -(rotation * new Vector3D(v[3], v[4], v[5])));
            }
        }

        for (int point = 0; point < tracks.Count; point++)
        {
            block.Points[tracks[point]] =
                new Vector3D(problem.Points[3 * point], problem.Points[(3 * point) + 1], problem.Points[(3 * point) + 2]);
        }
    }
}
