using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Pose;
using OdmNode.Geometry.Transforms;

namespace OdmNode.Sfm.Registration;

/// <summary>Gives tracks their points and their observations, whatever wrong elements they hold.</summary>
/// <remarks>Tracks do not see each other, so that they are worked on in parallel without an effect on the result.</remarks>
internal sealed class TrackTriangulator
{
    private const int MaxPairs = 15;

    private readonly Block block;
    private readonly double minAngle;
    private readonly List<int> elements = [];
    private RigidTransform[] poses = new RigidTransform[16];
    private Vector2D[] image = new Vector2D[16];
    private Vector3D[] centers = new Vector3D[16];
    private Vector3D[] rays = new Vector3D[16];
    private double[] focals = new double[16];
    private bool[] inliers = new bool[16];
    private bool[] bestInliers = new bool[16];

    private TrackTriangulator(Block block, double minAngle)
    {
        this.block = block;
        this.minAngle = minAngle;
    }

    /// <summary>Triangulates tracks without a point, and adds to the others the elements that agree with their point.</summary>
    /// <param name="block">Changed in place.</param>
    /// <param name="tracks">Each at most once.</param>
    /// <param name="maxErrorPerMille">Largest reprojection error, in 1/1000 of the photo's longest side.</param>
    /// <param name="options">Smallest angle and threads.</param>
    /// <param name="cancellationToken">Checked between tracks.</param>
    public static void Run(
        Block block, IReadOnlyList<int> tracks, double maxErrorPerMille, SfmOptions options, CancellationToken cancellationToken)
    {
        ParallelOptions parallelism = Block.Parallelism(options.DegreeOfParallelism);
        parallelism.CancellationToken = cancellationToken;
        double minAngle = options.MinTriangulationAngleDegrees * Math.PI / 180;
        Parallel.For(
            0,
            tracks.Count,
            parallelism,
            () => new TrackTriangulator(block, minAngle),
            (i, _, worker) =>
            {
                worker.Update(tracks[i], maxErrorPerMille);
                return worker;
            },
            static _ => { });
    }

    /// <summary>Sharpens the points of tracks after their cameras moved; observations stay as they are.</summary>
    public static void Refine(Block block, IReadOnlyList<int> tracks, SfmOptions options, CancellationToken cancellationToken)
    {
        ParallelOptions parallelism = Block.Parallelism(options.DegreeOfParallelism);
        parallelism.CancellationToken = cancellationToken;
        Parallel.For(
            0,
            tracks.Count,
            parallelism,
            () => new TrackTriangulator(block, 0),
            (i, _, worker) =>
            {
                worker.Gather(tracks[i], usedOnly: true);
                if (block.HasPoint[tracks[i]])
                {
                    int n = worker.elements.Count;
                    block.Points[tracks[i]] = Triangulation.Refine(
                        block.Points[tracks[i]], worker.poses.AsSpan(0, n), worker.image.AsSpan(0, n), 3);
                }

                return worker;
            },
            static _ => { });
    }

    private void Update(int track, double maxErrorPerMille)
    {
        Gather(track, usedOnly: false);
        int n = elements.Count;
        if (n < 2)
        {
            return;
        }

        if (!block.HasPoint[track])
        {
            if (TryFind(maxErrorPerMille) is { } found)
            {
                block.HasPoint[track] = true;
                block.Points[track] = found;
                for (int i = 0; i < n; i++)
                {
                    block.IsUsed[elements[i]] = bestInliers[i];
                }
            }

            return;
        }

        bool grew = false;
        for (int i = 0; i < n; i++)
        {
            if (!block.IsUsed[elements[i]] && Error(block.Points[track], i) < maxErrorPerMille)
            {
                block.IsUsed[elements[i]] = true;
                grew = true;
            }
        }

        if (grew)
        {
            Gather(track, usedOnly: true);
            block.Points[track] = Triangulation.Refine(
                block.Points[track], poses.AsSpan(0, elements.Count), image.AsSpan(0, elements.Count), 2);
        }
    }

    private Vector3D? TryFind(double maxErrorPerMille)
    {
        int n = elements.Count;
        int bestCount = 1;
        double bestError = double.PositiveInfinity;
        Vector3D best = default;

        void Consider(Vector3D? candidate)
        {
            if (candidate is not { } point)
            {
                return;
            }

            int count = 0;
            double sum = 0;
            for (int i = 0; i < n; i++)
            {
                double error = Error(point, i);
                inliers[i] = error < maxErrorPerMille;
                if (inliers[i])
                {
                    count++;
                    sum += error;
                }
            }

            if (count > bestCount || (count == bestCount && sum < bestError))
            {
                (bestCount, bestError, best) = (count, sum, point);
                (inliers, bestInliers) = (bestInliers, inliers);
            }
        }

        Vector3D? all = Triangulation.NearestToRays(centers.AsSpan(0, n), rays.AsSpan(0, n));
        Consider(all is { } start ? Triangulation.Refine(start, poses.AsSpan(0, n), image.AsSpan(0, n), 2) : null);
        if (bestCount < n && n > 2)
        {
            // With steps of a golden share over the list of pairs, few of them cover near and far ones alike.
            int pairs = n * (n - 1) / 2;
            int tried = Math.Min(pairs, MaxPairs);
            for (int k = 0; k < tried; k++)
            {
                int index = pairs <= MaxPairs ? k : (int)(k * 0.618033988749895 % 1 * pairs);
                (int i, int j) = PairAt(index, n);
                Consider(Triangulation.NearestToRays([centers[i], centers[j]], [rays[i], rays[j]]));
            }
        }

        if (bestCount < 2)
        {
            return null;
        }

        return bestCount < n ? Settle(best, maxErrorPerMille) : HasAngle() ? best : null;
    }

    private Vector3D? Settle(Vector3D start, double maxErrorPerMille)
    {
        int n = elements.Count;
        int kept = 0;
        var subsetPoses = new RigidTransform[n];
        var subsetImage = new Vector2D[n];
        for (int i = 0; i < n; i++)
        {
            if (bestInliers[i])
            {
                subsetPoses[kept] = poses[i];
                subsetImage[kept++] = image[i];
            }
        }

        Vector3D point = Triangulation.Refine(start, subsetPoses.AsSpan(0, kept), subsetImage.AsSpan(0, kept), 3);
        int count = 0;
        for (int i = 0; i < n; i++)
        {
            bestInliers[i] = Error(point, i) < maxErrorPerMille;
            count += bestInliers[i] ? 1 : 0;
        }

        return count >= 2 && HasAngle() ? point : null;
    }

    private bool HasAngle()
    {
        double maxCosine = Math.Cos(minAngle);
        for (int i = 0; i < elements.Count; i++)
        {
            for (int j = i + 1; j < elements.Count && bestInliers[i]; j++)
            {
                if (bestInliers[j] && Vector3D.Dot(rays[i], rays[j]) < maxCosine)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static (int First, int Second) PairAt(int index, int n)
    {
        int i = 0;
        while (index >= n - 1 - i)
        {
            index -= n - 1 - i;
            i++;
        }

        return (i, i + 1 + index);
    }

    private double Error(Vector3D point, int i)
    {
        Vector3D p = poses[i] * point;
        if (!(p.Z > 0))
        {
            return double.PositiveInfinity;
        }

        double dx = (p.X / p.Z) - image[i].X;
        double dy = (p.Y / p.Z) - image[i].Y;
        return focals[i] * Math.Sqrt((dx * dx) + (dy * dy));
    }

    private void Gather(int track, bool usedOnly)
    {
        elements.Clear();
        for (int e = block.Tracks.Offsets[track]; e < block.Tracks.Offsets[track + 1]; e++)
        {
            if (block.IsPlaced[block.Tracks.Photos[e]] && (!usedOnly || block.IsUsed[e]))
            {
                elements.Add(e);
            }
        }

        if (elements.Count > poses.Length)
        {
            int size = 2 * elements.Count;
            poses = new RigidTransform[size];
            image = new Vector2D[size];
            centers = new Vector3D[size];
            rays = new Vector3D[size];
            focals = new double[size];
            inliers = new bool[size];
            bestInliers = new bool[size];
        }

        for (int i = 0; i < elements.Count; i++)
        {
            int photo = block.Tracks.Photos[elements[i]];
            RigidTransform cameraFromWorld = block.CameraFromWorld[photo];
            Vector3D seen = block.Normalized[elements[i]];
            var lens = block.LensOf(photo);
            (poses[i], image[i]) = SightFrame.Observe(cameraFromWorld, seen, lens.IsWide);
            centers[i] = cameraFromWorld.Center;
            rays[i] = (cameraFromWorld.Rotation.Transposed() * seen).Normalized();
            focals[i] = 1000 * lens.FocalX / lens.LongestSide;
        }
    }
}
