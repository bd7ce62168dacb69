using OdmNode.Geometry.Linear;
using OdmNode.Sfm.Registration;

namespace OdmNode.Sfm.Bundle;

/// <summary>Drops observations that do not agree with their point, and points that too little is left of.</summary>
internal static class OutlierFilter
{
    // The median length of a vector of two normal components of standard deviation 1.
    private const double MedianLength = 1.1774100225154747;

    /// <summary>Standard deviation of one image coordinate in 1/1000 of the longest side, from the median error.</summary>
    /// <remarks>The unknowns take up a part of the noise; the residuals are made up for it by the redundancy of the block.</remarks>
    /// <returns>Null without observations.</returns>
    public static double? EstimateSigmaPerMille(Block block)
    {
        var errors = new List<double>();
        for (int e = 0; e < block.IsUsed.Length; e++)
        {
            if (block.IsUsed[e])
            {
                errors.Add(1000 * block.PixelError(e) / block.LensOf(block.Tracks.Photos[e]).LongestSide);
            }
        }

        if (errors.Count == 0)
        {
            return null;
        }

        errors.Sort();
        double unknowns = (3.0 * block.HasPoint.Count(static h => h)) + (6.0 * block.PlacedCount);
        double redundancy = Math.Max(0.1, 1 - (unknowns / (2.0 * errors.Count)));
        return Math.Max(1e-3, errors[errors.Count / 2] / MedianLength / Math.Sqrt(redundancy));
    }

    /// <summary>Filters the given tracks and returns how many observations went.</summary>
    public static int Run(
        Block block, IReadOnlyList<int> tracks, double maxErrorPerMille, SfmOptions options, CancellationToken cancellationToken)
    {
        double maxCosine = Math.Cos(options.MinTriangulationAngleDegrees * Math.PI / 180);
        ParallelOptions parallelism = Block.Parallelism(options.DegreeOfParallelism);
        parallelism.CancellationToken = cancellationToken;
        int dropped = 0;
        Parallel.For(
            0,
            tracks.Count,
            parallelism,
            static () => 0,
            (i, _, count) => block.HasPoint[tracks[i]] ? count + Filter(block, tracks[i], maxErrorPerMille, maxCosine) : count,
            count => Interlocked.Add(ref dropped, count));
        return dropped;
    }

    private static int Filter(Block block, int track, double maxErrorPerMille, double maxCosine)
    {
        int dropped = 0;
        int left = 0;
        int start = block.Tracks.Offsets[track];
        int end = block.Tracks.Offsets[track + 1];
        for (int e = start; e < end; e++)
        {
            if (!block.IsUsed[e])
            {
                continue;
            }

            if (1000 * block.PixelError(e) > maxErrorPerMille * block.LensOf(block.Tracks.Photos[e]).LongestSide)
            {
                block.IsUsed[e] = false;
                dropped++;
            }
            else
            {
                left++;
            }
        }

        if (left < 2 || !HasAngle(block, start, end, block.Points[track], maxCosine))
        {
            block.Drop(track);
            dropped += left;
        }

        return dropped;
    }

    private static bool HasAngle(Block block, int start, int end, Vector3D point, double maxCosine)
    {
        for (int a = start; a < end; a++)
        {
            if (!block.IsUsed[a])
            {
                continue;
            }

            Vector3D first = (point - block.CameraFromWorld[block.Tracks.Photos[a]].Center).Normalized();
            for (int b = a + 1; b < end; b++)
            {
                if (block.IsUsed[b]
                    && Vector3D.Dot(first, (point - block.CameraFromWorld[block.Tracks.Photos[b]].Center).Normalized()) < maxCosine)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
