using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Sfm.Alignment;
using OdmNode.Sfm.Bundle;

namespace OdmNode.Sfm.Registration;

/// <summary>Starts a block from two photos and places the others, those that see most of it first.</summary>
internal sealed partial class BlockGrower(
    Block block, BlockAdjuster adjuster, SfmOptions options, Action<int> reportPlaced, CancellationToken cancellationToken)
{
    private const int OneByOneUntil = 10;
    private const double BatchScoreShare = 0.6;
    private const double MinInlierShare = 0.25;
    private const int NeighboursPerPhoto = 5;
    private const int PointsPerCell = 4;

    private readonly int[] failedWithVisible = new int[block.IsPlaced.Length];
    private int placedAtFullAdjustment;

    /// <summary>Places the two photos of a pair; false leaves the block empty.</summary>
    public bool TryStart(SfmPair pair)
    {
        block.Clear();
        Array.Clear(failedWithVisible);
        block.IsPlaced[pair.First] = true;
        block.IsPlaced[pair.Second] = true;
        block.CameraFromWorld[pair.First] = RigidTransform.Identity;
        block.CameraFromWorld[pair.Second] = pair.SecondFromFirst!.Value;
        block.NormalizeAll(options.DegreeOfParallelism);
        List<int> tracks = block.TracksOf([pair.First, pair.Second]);
        Triangulate(tracks);
        List<int> points = block.TracksWithPoint();
        if (points.Count >= options.MinResectionInliers && adjuster.Adjust(points, null, LensRelease.None, 20, 1e-4))
        {
            Filter(points);
            Triangulate(tracks);
            if (block.TracksWithPoint().Count >= options.MinResectionInliers)
            {
                placedAtFullAdjustment = 2;
                return true;
            }
        }

        block.Clear();
        return false;
    }

    /// <summary>Places photos until none of those available sees enough of the block.</summary>
    public void Grow(bool[] isAvailable)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<int> batch = ChooseBatch(isAvailable);
            if (batch.Count == 0)
            {
                return;
            }

            List<int> placed = Place(batch);
            if (placed.Count == 0)
            {
                continue;
            }

            List<int> tracks = block.TracksOf(placed);
            Triangulate(tracks);
            int count = block.PlacedCount;
            if (count <= OneByOneUntil || count >= options.FullAdjustmentGrowth * placedAtFullAdjustment)
            {
                AdjustWhole();
            }
            else
            {
                AdjustAround(placed);
            }

            reportPlaced(count);
        }
    }

    private List<int> ChooseBatch(bool[] isAvailable)
    {
        int photoCount = block.IsPlaced.Length;
        var scores = new (int Visible, long Score)[photoCount];
        Parallel.For(0, photoCount, Block.Parallelism(options.DegreeOfParallelism), photo =>
        {
            if (isAvailable[photo] && !block.IsPlaced[photo])
            {
                scores[photo] = VisibilityScore.Of(block, photo);
            }
        });
        int[] candidates =
        [
            .. Enumerable.Range(0, photoCount)
                .Where(p => scores[p].Visible >= options.MinResectionInliers && scores[p].Visible > 1.2 * failedWithVisible[p])
                .OrderByDescending(p => scores[p].Score)
                .ThenBy(static p => p),
        ];
        int placed = block.PlacedCount;
        int size = placed < OneByOneUntil ? 1 : Math.Clamp(placed / 5, 1, 16);
        return [.. candidates.Take(size).Where(p => scores[p].Score >= BatchScoreShare * scores[candidates[0]].Score)];
    }

    private List<int> Place(List<int> batch)
    {
        var answers = new Resection.Answer?[batch.Count];
        var visible = new int[batch.Count];
        Parallel.For(
            0, batch.Count, Block.Parallelism(options.DegreeOfParallelism), i => (answers[i], visible[i]) = Resect(batch[i]));
        var placed = new List<int>();
        for (int i = 0; i < batch.Count; i++)
        {
            if (answers[i] is { } answer && answer.Inliers >= options.MinResectionInliers
                && answer.Inliers >= MinInlierShare * visible[i])
            {
                block.IsPlaced[batch[i]] = true;
                block.CameraFromWorld[batch[i]] = answer.CameraFromWorld;
                placed.Add(batch[i]);
            }
            else
            {
                failedWithVisible[batch[i]] = visible[i];
            }
        }

        return placed;
    }

    private (Resection.Answer? Answer, int Visible) Resect(int photo)
    {
        var rays = new List<Vector3D>();
        var normalized = new List<Vector2D>();
        var points = new List<Vector3D>();
        var lens = block.LensOf(photo);
        foreach (int element in block.ElementsOf(photo))
        {
            int track = block.TrackOf[element];
            if (block.HasPoint[track])
            {
                Vector3D seen = block.Normalized[element];
                rays.Add(seen.Normalized());
                if (!lens.IsWide)
                {
                    normalized.Add(new Vector2D(seen.X, seen.Y));
                }

                points.Add(block.Points[track]);
            }
        }

        double maxError = 1e-3 * options.MaxGrowthErrorPerMille * lens.LongestSide / lens.FocalX;
        return (
            Resection.Estimate(
                [.. rays], [.. normalized], [.. points], maxError, options.Seed + (ulong)photo, cancellationToken),
            points.Count);
    }

    private void AdjustAround(List<int> placed)
    {
        var isFree = new bool[block.IsPlaced.Length];
        foreach (int photo in placed)
        {
            isFree[photo] = true;
            foreach (int neighbour in Neighbours(photo))
            {
                isFree[neighbour] = true;
            }
        }

        List<int> tracks = block.TracksOf(Enumerable.Range(0, isFree.Length).Where(p => isFree[p]));
        List<int> chosen = TrackSelection.Choose(block, tracks, PointsPerCell);
        adjuster.Adjust(chosen, isFree, LensRelease.None, 15, 1e-4);
        TrackTriangulator.Refine(block, tracks, options, cancellationToken);
        Filter(tracks);
        Triangulate(tracks);
    }

    // The photos that share most points with one.
    private IEnumerable<int> Neighbours(int photo)
    {
        var shared = new int[block.IsPlaced.Length];
        foreach (int element in block.ElementsOf(photo))
        {
            int track = block.TrackOf[element];
            for (int e = block.Tracks.Offsets[track]; e < block.Tracks.Offsets[track + 1] && block.IsUsed[element]; e++)
            {
                shared[block.Tracks.Photos[e]] += block.IsUsed[e] ? 1 : 0;
            }
        }

        return Enumerable.Range(0, shared.Length)
            .Where(p => p != photo && shared[p] > 0)
            .OrderByDescending(p => shared[p])
            .ThenBy(static p => p)
            .Take(NeighboursPerPhoto);
    }

    private void AdjustWhole()
    {
        placedAtFullAdjustment = block.PlacedCount;
        List<int> all = block.TracksWithPoint();
        List<int> chosen = TrackSelection.Choose(block, all, PointsPerCell);
        if (placedAtFullAdjustment >= 3 && BlockAlignment.TryGeoreference(block))
        {
            adjuster.PositionSigmaFloor = BlockAlignment.MedianPositionError(block);
        }

        adjuster.Adjust(chosen, null, Release(), 25, 1e-4);
        block.NormalizeAll(options.DegreeOfParallelism);
        TrackTriangulator.Refine(block, all, options, cancellationToken);
        Filter(all);
        Triangulate([.. Enumerable.Range(0, block.Tracks.Count)]);
    }

    private LensRelease Release() => block.PlacedCount switch
    {
        < 3 => LensRelease.None,
        < 8 => LensRelease.FocalAndRadial,
        _ => LensRelease.All,
    };

    private void Triangulate(IReadOnlyList<int> tracks) =>
        TrackTriangulator.Run(block, tracks, options.MaxGrowthErrorPerMille, options, cancellationToken);

    private void Filter(IReadOnlyList<int> tracks) =>
        OutlierFilter.Run(block, tracks, options.MaxGrowthErrorPerMille, options, cancellationToken);
}
