using OdmNode.Core.Errors;
using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Transforms;
using OdmNode.Sfm.Alignment;
using OdmNode.Sfm.Bundle;
using OdmNode.Sfm.Control;
using OdmNode.Sfm.Tracks;

namespace OdmNode.Sfm.Registration;

/// <summary>Places photos one group after the other, from the best pair outwards.</summary>
/// <remarks>
/// After J. Schönberger and J.-M. Frahm, Structure-from-motion revisited, CVPR 2016: resection of the photo whose tie points spread
/// best, triangulation that tolerates wrong matches, adjustment of the surroundings of every new photo and of the whole block at growing
/// intervals, completion and filtering until nothing changes. Measured positions join as weighted observations once three are placed.
/// </remarks>
public static class IncrementalReconstructor
{
    private const int MaxStarts = 10;

    // Two photos alone are worth having; beside a larger part, their place hangs on two measured positions only.
    private const int MinFirstPhotos = 2;
    private const int MinFurtherPhotos = 3;
    private const double GrowthShare = 0.7;

    /// <summary>
    /// Reconstructs every part of the survey that tie points join. Parts that GPS ties to the map are merged into one world;
    /// without GPS the largest is kept and the photos of the others are told as unplaced.
    /// </summary>
    /// <returns>Never null; without a single shot when no two photos fit together.</returns>
    /// <exception cref="OdmException">The input contradicts itself.</exception>
    public static SfmResult Run(
        SfmInput input, SfmOptions options, IProgress<SfmProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(options);
        if (input.Check() is [var problem, ..])
        {
            throw new OdmException(ErrorKind.Internal, $"The reconstruction got an invalid input. {problem}");
        }

        cancellationToken.ThrowIfCancellationRequested();
        input = IdlePositions.LeftOut(input);
        TrackSet tracks = TrackBuilder.Build([.. input.Photos.Select(static p => p.FeatureCount)], input.Pairs);
        var block = new Block(input, tracks);
        var adjuster = new BlockAdjuster(block, cancellationToken);
        int best = 0;
        void ReportPlaced(int placed)
        {
            if (placed > best)
            {
                best = placed;
                progress?.Report(new SfmProgress(GrowthShare * best / input.Photos.Count, $"Placed {best} of {input.Photos.Count} photos."));
            }
        }

        var grower = new BlockGrower(block, adjuster, options, ReportPlaced, cancellationToken);
        List<Component> components = FindComponents(block, grower, options);
        IReadOnlyList<Component> kept = Keep(components, input);
        Restore(block, kept, options);
        if (kept.Count > 0)
        {
            progress?.Report(new SfmProgress(GrowthShare, $"Adjusting {block.PlacedCount} photos."));
            bool[] mayJoin = [.. Enumerable.Range(0, input.Photos.Count).Select(p => !components.Except(kept).Any(c => c.IsPlaced[p]))];
            grower.Finish(mayJoin);
            if (!block.IsGeoreferenced)
            {
                BlockAlignment.Normalize(block);
            }
        }

        progress?.Report(new SfmProgress(1, null));
        return new SfmResult
        {
            Reconstruction = ResultBuilder.Reconstruct(block),
            Unplaced = UnplacedReasons.Of(block, [.. components.Except(kept).Select(static c => c.IsPlaced)], options),
            Statistics = new SfmStatistics
            {
                InitialTracks = tracks.Count,
                InitialObservations = tracks.ElementCount,
                Components = components.Count,
                Adjustments = adjuster.Adjustments,
                AdjustmentIterations = adjuster.Iterations,
                PixelSigma = 1e-3 * block.SigmaPerMille * (block.Lenses.Length == 0 ? 0 : block.Lenses.Max(static l => l.LongestSide)),
            },
            PositionResiduals = ResultBuilder.Residuals(block),
            ControlResiduals = ControlNetwork.Residuals(block),
            FollowsControl = block.FollowsControl,
            Shutter = block.Shifts?.Summarize(),
        };
    }

    private static List<Component> FindComponents(Block block, BlockGrower grower, SfmOptions options)
    {
        var components = new List<Component>();
        bool[] isAvailable = [.. block.IsPlaced.Select(static _ => true)];
        while (true)
        {
            Component? largest = null;
            foreach (SfmPair pair in InitialPair.Candidates(block, isAvailable, options).Take(MaxStarts))
            {
                if (!grower.TryStart(pair))
                {
                    continue;
                }

                grower.Grow(isAvailable);
                var component = new Component(
                    [.. block.IsPlaced], [.. block.CameraFromWorld], [.. block.Lenses], block.IsGeoreferenced);
                if (largest is null || component.Size > largest.Size)
                {
                    largest = component;
                }

                // A start from which hardly anything grows was a bad one, or these photos stand alone.
                if (component.Size >= Math.Min(5, isAvailable.Count(static a => a)))
                {
                    break;
                }
            }

            if (largest is null || largest.Size < (components.Count == 0 ? MinFirstPhotos : MinFurtherPhotos))
            {
                return components;
            }

            components.Add(largest);
            for (int photo = 0; photo < isAvailable.Length; photo++)
            {
                isAvailable[photo] &= !largest.IsPlaced[photo];
            }
        }
    }

    private static IReadOnlyList<Component> Keep(List<Component> components, SfmInput input)
    {
        if (components.Count == 0)
        {
            return [];
        }

        Component largest = components.MaxBy(static c => c.Size)!;
        return input.MapFrame is not null && largest.IsGeoreferenced
            ? [largest, .. components.Where(c => c != largest && c.IsGeoreferenced)]
            : [largest];
    }

    private static void Restore(Block block, IReadOnlyList<Component> kept, SfmOptions options)
    {
        block.Clear();
        if (kept.Count == 0)
        {
            return;
        }

        kept[0].Lenses.CopyTo(block.Lenses, 0);
        block.IsGeoreferenced = kept[0].IsGeoreferenced;
        foreach (Component component in kept)
        {
            for (int photo = 0; photo < component.IsPlaced.Length; photo++)
            {
                if (component.IsPlaced[photo])
                {
                    block.IsPlaced[photo] = true;
                    block.CameraFromWorld[photo] = component.CameraFromWorld[photo];
                }
            }
        }

        block.NormalizeAll(options.DegreeOfParallelism);
        TrackTriangulator.Run(
            block, [.. Enumerable.Range(0, block.Tracks.Count)], options.MaxGrowthErrorPerMille, options, CancellationToken.None);
    }

    private sealed record Component(bool[] IsPlaced, RigidTransform[] CameraFromWorld, Camera[] Lenses, bool IsGeoreferenced)
    {
        public int Size { get; } = IsPlaced.Count(static p => p);
    }
}
