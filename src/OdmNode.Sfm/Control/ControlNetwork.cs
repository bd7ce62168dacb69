using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Pose;
using OdmNode.Geometry.Transforms;
using OdmNode.Sfm.Alignment;
using OdmNode.Sfm.Registration;

namespace OdmNode.Sfm.Control;

/// <summary>Ties a block to surveyed points, and says how well it fits them.</summary>
internal static class ControlNetwork
{
    private const int FewestPoints = 3;

    /// <summary>A point that is this many times as far off as the points in the middle, and by so many of its deviations, was confused.</summary>
    private const double RefutedRatio = 8;
    private const double RefutedSigmas = 20;

    /// <summary>The middle axis of the points' scatter in shares of the longest, below which they lie on a line and leave a turn open.</summary>
    private const double NarrowestShare = 0.02;

    /// <summary>Moves the block onto its control points, which it then keeps to instead of, or beside, the cameras' positions.</summary>
    /// <returns>False, and nothing done, where fewer than three that do not lie on a line are seen by two placed photos each.</returns>
    public static bool TryGeoreference(Block block)
    {
        var points = new List<ControlPoint>();
        var source = new List<Vector3D>();
        var target = new List<Vector3D>();
        var weights = new List<double>();
        foreach (ControlPoint point in block.Input.ControlPoints.Where(static point => !point.IsCheckPoint))
        {
            if (Triangulate(block, point) is { } found)
            {
                points.Add(point);
                source.Add(found);
                target.Add(point.Position);
                weights.Add(1 / ((point.HorizontalSigma * point.HorizontalSigma) + (point.VerticalSigma * point.VerticalSigma)));
            }
        }

        if (source.Count < FewestPoints || block.Input.MapFrame is null || AreOnALine(target))
        {
            return false;
        }

        if (SimilarityEstimator.EstimateRobust([.. source], [.. target], [.. weights]) is not { Scale: > 0 } localFromBlock
            || !double.IsFinite(localFromBlock.Scale))
        {
            return false;
        }

        block.Transform(localFromBlock);
        block.IsGeoreferenced = true;
        block.NeedsUpPrior = false;
        block.FollowsControl = true;
        block.RefutedControl = Refuted(points, [.. source.Select((found, i) => ((localFromBlock * found) - target[i]).Length)]);
        return true;
    }

    /// <summary>Whether a point holds the block.</summary>
    public static bool Holds(Block block, ControlPoint point) => !point.IsCheckPoint && !block.RefutedControl.Contains(point.Name);

    /// <summary>Points whose number or marks were mixed up; none where too few would be left to say which.</summary>
    private static HashSet<string> Refuted(List<ControlPoint> points, double[] distances)
    {
        double[] sorted = [.. distances.Order()];
        double bound = RefutedRatio * sorted[(sorted.Length - 1) / 2];
        HashSet<string> refuted =
        [
            .. points.Where((point, i) => distances[i] > bound
                && distances[i] > RefutedSigmas * Math.Max(point.HorizontalSigma, point.VerticalSigma)).Select(static point => point.Name),
        ];
        return points.Count - refuted.Count > FewestPoints ? refuted : [];
    }

    /// <summary>What remains at every control and check point that at least two placed photos see.</summary>
    public static IReadOnlyList<ControlResidual> Residuals(Block block)
    {
        var residuals = new List<ControlResidual>();
        foreach (ControlPoint point in block.Input.ControlPoints)
        {
            if (block.IsGeoreferenced && Triangulate(block, point) is { } found)
            {
                residuals.Add(new ControlResidual(
                    point.Name,
                    point.IsCheckPoint,
                    block.RefutedControl.Contains(point.Name),
                    found - point.Position,
                    [.. MarksOf(block, point).Select(mark => (mark, block.ShotOf(mark.Photo).Project(block.LensOf(mark.Photo), found)))]));
            }
        }

        return residuals;
    }

    /// <summary>The marks of a point in placed photos.</summary>
    public static IEnumerable<ControlMark> MarksOf(Block block, ControlPoint point) =>
        point.Marks.Where(mark => block.IsPlaced[mark.Photo]);

    /// <summary>The place in the block at which the marks of a point meet; null with fewer than two, or where their rays are parallel.</summary>
    public static Vector3D? Triangulate(Block block, ControlPoint point)
    {
        ControlMark[] marks = [.. MarksOf(block, point)];
        if (marks.Select(static mark => mark.Photo).Distinct().Count() < 2)
        {
            return null;
        }

        Vector3D[] seen = [.. marks.Select(mark => block.LensOf(mark.Photo).ImagePoint(block.PixelOf(mark)))];
        Vector3D[] centers = [.. marks.Select(mark => block.CameraFromWorld[mark.Photo].Center)];
        Vector3D[] rays =
        [
            .. marks.Select((mark, i) => (block.CameraFromWorld[mark.Photo].Rotation.Transposed() * seen[i]).Normalized()),
        ];
        if (Triangulation.NearestToRays(centers, rays) is not { } start)
        {
            return null;
        }

        (RigidTransform Pose, Vector2D Image)[] views =
        [
            .. marks.Select((mark, i) => SightFrame.Observe(block.CameraFromWorld[mark.Photo], seen[i], block.LensOf(mark.Photo).IsWide)),
        ];
        RigidTransform[] poses = [.. views.Select(static view => view.Pose)];
        Vector3D found = Triangulation.Refine(start, poses, [.. views.Select(static view => view.Image)], 5);
        return poses.All(pose => (pose * found).Z > 0) ? found : null;
    }

    private static bool AreOnALine(List<Vector3D> points)
    {
        Vector3D mean = Vector3D.Zero;
        foreach (Vector3D point in points)
        {
            mean += (1.0 / points.Count) * point;
        }

        var scatter = new Matrix3x3(0, 0, 0, 0, 0, 0, 0, 0, 0);
        foreach (Vector3D point in points)
        {
            Vector3D d = point - mean;
            scatter += Matrix3x3.FromColumns(d.X * d, d.Y * d, d.Z * d);
        }

        (Vector3D values, _, _, _) = SymmetricEigen.Decompose(scatter);
        return !(Math.Sqrt(Math.Max(0, values.Y)) > NarrowestShare * Math.Sqrt(Math.Max(0, values.Z)));
    }
}
