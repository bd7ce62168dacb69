using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Sfm.Registration;

namespace OdmNode.Sfm.Alignment;

/// <summary>Brings a block into the frame of its measured positions, or into one of its own.</summary>
internal static class BlockAlignment
{
    /// <summary>Uncertainty of the tilt, radians, above which positions alone do not decide it.</summary>
    private const double MaxTiltSigma = 0.05;

    /// <summary>Moves the block to the map where its positions allow it.</summary>
    /// <returns>
    /// False with fewer than two different positions, where they differ from the cameras by more than these from each other, and where no
    /// camera would be held as it says: then the block keeps a frame of its own.
    /// </returns>
    public static bool TryGeoreference(Block block)
    {
        var source = new List<Vector3D>();
        var target = new List<Vector3D>();
        var weights = new List<double>();
        for (int photo = 0; photo < block.IsPlaced.Length; photo++)
        {
            if (block.IsPlaced[photo] && block.PriorOf(photo) is { } prior)
            {
                source.Add(block.CameraFromWorld[photo].Center);
                target.Add(prior.Position);
                weights.Add(1 / ((prior.HorizontalSigma * prior.HorizontalSigma) + (prior.VerticalSigma * prior.VerticalSigma)));
            }
        }

        if (source.Count < 2 || block.Input.MapFrame is null)
        {
            return false;
        }

        SimilarityTransform? estimate = SimilarityEstimator.EstimateRobust(
            [.. source], [.. target], [.. weights]);
        block.IsGeoreferenced = estimate is { } found && double.IsFinite(found.Scale) && found.Scale > 0 && IsTold(found, source, target);
        if (!block.IsGeoreferenced)
        {
            return false;
        }

        SimilarityTransform localFromBlock = estimate!.Value;
        block.Transform(localFromBlock);
        Level(block, source, target, localFromBlock);
        block.IsGeoreferenced = !StandsOnItsSide(block);
        return block.IsGeoreferenced;
    }

    /// <summary>Whether a fit owes more to where the cameras stood than to chance. Wrong positions of less than half of the photos have no say.</summary>
    private static bool IsTold(in SimilarityTransform localFromBlock, List<Vector3D> source, List<Vector3D> target)
    {
        // The median length of a normally distributed vector, of its root mean square.
        const double medianOfRms = 0.89;
        const int parameters = 7;
        int surplus = (3 * source.Count) - parameters;
        if (surplus <= 0)
        {
            return true;
        }

        Vector3D mean = Vector3D.Zero;
        double[] misfits = new double[source.Count];
        for (int i = 0; i < source.Count; i++)
        {
            Vector3D place = localFromBlock * source[i];
            mean += (1.0 / source.Count) * place;
            misfits[i] = (target[i] - place).Length;
        }

        double spread = 0;
        foreach (Vector3D camera in source)
        {
            spread += ((localFromBlock * camera) - mean).LengthSquared / source.Count;
        }

        Array.Sort(misfits);
        double misfit = misfits[misfits.Length / 2] / medianOfRms * Math.Sqrt(3.0 * source.Count / surplus);
        return misfit < Math.Sqrt(spread);
    }

    /// <summary>Takes from the positions what they are off from the placed photos in the middle: another datum, or another height.</summary>
    public static void CenterPositions(Block block)
    {
        Vector3D[] off = [.. Positioned(block).Select(photo => block.PriorOf(photo)!.Value.Position - block.CameraFromWorld[photo].Center)];
        if (off.Length > 0)
        {
            block.PositionOffset += new Vector3D(
                Median(off.Select(static d => d.X)), Median(off.Select(static d => d.Y)), Median(off.Select(static d => d.Z)));
        }
    }

    /// <summary>Median distance between the placed photos and their measured positions, metres; 0 without a map or positions.</summary>
    public static double MedianPositionError(Block block)
    {
        if (!block.IsGeoreferenced)
        {
            return 0;
        }

        double[] errors =
        [
            .. Positioned(block).Select(photo => (block.CameraFromWorld[photo].Center - block.PriorOf(photo)!.Value.Position).Length).Order(),
        ];
        return errors.Length == 0 ? 0 : errors[errors.Length / 2];
    }

    /// <summary>The best accuracy that a placed photo states for its position, metres; infinite without positions.</summary>
    public static double SmallestPositionSigma(Block block) => Positioned(block)
        .Select(photo => block.PriorOf(photo)!.Value)
        .Select(prior => Math.Min(prior.HorizontalSigma, prior.VerticalSigma))
        .DefaultIfEmpty(double.PositiveInfinity)
        .Min();

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static IEnumerable<int> Positioned(Block block) => Enumerable.Range(0, block.IsPlaced.Length)
        .Where(photo => block.IsPlaced[photo] && block.PriorOf(photo) is not null);

    /// <summary>Gives a block without positions a frame that is level by its gimbals, or else by how cameras are held, its zero amid the cameras, and a handy unit.</summary>
    public static void Normalize(Block block)
    {
        RigidTransform[] cameras = [.. block.CameraFromWorld.Where((_, i) => block.IsPlaced[i])];
        if (cameras.Length == 0)
        {
            return;
        }

        Vector3D held = UpAsHeld(block);
        Vector3D up = held.Length > 0 ? held.Normalized() : UpDirection.OfFreeBlock(cameras);
        Vector3D helper = Math.Abs(up.X) < 0.9 ? new Vector3D(1, 0, 0) : new Vector3D(0, 1, 0);
        Vector3D east = Vector3D.Cross(helper, up).Normalized();
        Matrix3x3 rotation = Matrix3x3.FromRows(east, Vector3D.Cross(up, east), up);
        Vector3D middle = Vector3D.Zero;
        foreach (RigidTransform camera in cameras)
        {
            middle += (1.0 / cameras.Length) * camera.Center;
        }

        var distances = new List<double>();
        for (int e = 0; e < block.IsUsed.Length; e++)
        {
            if (block.IsUsed[e])
            {
                distances.Add((block.CameraFromWorld[block.Tracks.Photos[e]] * block.Points[block.TrackOf[e]]).Length);
            }
        }

        distances.Sort();
        double scale = distances.Count == 0 ? 1 : 10 / distances[distances.Count / 2];
        block.Transform(new SimilarityTransform(scale, rotation, -(scale * (rotation * middle))));
    }

    // Positions near one line leave the turn about it open: the cameras' own idea of up closes it.
    private static void Level(Block block, List<Vector3D> source, List<Vector3D> target, SimilarityTransform localFromBlock)
    {
        Vector3D mean = Vector3D.Zero;
        foreach (Vector3D t in target)
        {
            mean += (1.0 / target.Count) * t;
        }

        var scatter = new Matrix3x3(0, 0, 0, 0, 0, 0, 0, 0, 0);
        double misfit = 0;
        for (int i = 0; i < target.Count; i++)
        {
            Vector3D d = (localFromBlock * source[i]) - mean;
            scatter += Matrix3x3.FromColumns(d.X * d, d.Y * d, d.Z * d);
            misfit += (target[i] - (localFromBlock * source[i])).LengthSquared;
        }

        (Vector3D values, _, _, Vector3D line) = SymmetricEigen.Decompose(scatter);
        double across = Math.Sqrt(Math.Max(0, values.Y));
        double along = Math.Sqrt(Math.Max(0, values.Z));
        double sigma = target.Count < 4 ? double.PositiveInfinity : Math.Sqrt(misfit / (3 * (target.Count - 3)));
        block.NeedsUpPrior = !(across > 1e-3 * along) || !(sigma < MaxTiltSigma * across);
        if (!block.NeedsUpPrior)
        {
            return;
        }

        // The angle about the line that brings the summed up directions nearest to the vertical.
        double sine = 0;
        double cosine = 0;
        var vertical = new Vector3D(0, 0, 1);
        for (int photo = 0; photo < block.IsPlaced.Length; photo++)
        {
            if (block.IsPlaced[photo])
            {
                Vector3D up = block.CameraFromWorld[photo].Rotation.Transposed() * UpDirection.InCamera(block.Input.Photos[photo]);
                Vector3D level = up - (Vector3D.Dot(up, line) * line);
                cosine += Vector3D.Dot(level, vertical);
                sine += Vector3D.Dot(Vector3D.Cross(line, level), vertical);
            }
        }

        Matrix3x3 turn = Rotations.FromAxisAngle(Math.Atan2(sine, cosine) * line);
        block.Transform(new SimilarityTransform(1, turn, mean - (turn * mean)));
    }

    /// <summary>Whether positions that leave the tilt open contradict the gimbals: a line of cameras was taken for a column, say.</summary>
    private static bool StandsOnItsSide(Block block)
    {
        const double leastCosine = 0.5;
        Vector3D up = block.NeedsUpPrior ? UpAsHeld(block) : Vector3D.Zero;
        return up.Length > 0 && up.Z < leastCosine * up.Length;
    }

    /// <summary>Sum of the up directions of the placed photos whose gimbals tell how they were held; zero where none does.</summary>
    private static Vector3D UpAsHeld(Block block)
    {
        Vector3D up = Vector3D.Zero;
        for (int photo = 0; photo < block.IsPlaced.Length; photo++)
        {
            if (block.IsPlaced[photo] && block.Input.Photos[photo].PitchDegrees is not null)
            {
                up += block.CameraFromWorld[photo].Rotation.Transposed() * UpDirection.InCamera(block.Input.Photos[photo]);
            }
        }

        return up;
    }
}
