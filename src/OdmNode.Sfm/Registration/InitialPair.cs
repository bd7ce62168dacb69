using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;

namespace OdmNode.Sfm.Registration;

/// <summary>Finds the two photos that a reconstruction starts from.</summary>
internal static class InitialPair
{
    private const int Samples = 300;
    private const double GoodAngleDegrees = 10;

    /// <summary>
    /// Pairs of unplaced photos, the best first: many matches at a good angle. A pair that a pure rotation explains has no angle
    /// and is left out; a flat scene is no obstacle, for the relative pose comes from calibrated cameras.
    /// </summary>
    public static IReadOnlyList<SfmPair> Candidates(Block block, bool[] isAvailable, SfmOptions options)
    {
        var scored = new List<(double Score, SfmPair Pair)>();
        foreach (SfmPair pair in block.Input.Pairs)
        {
            if (!isAvailable[pair.First] || !isAvailable[pair.Second] || pair.Count < options.MinInitialMatches
                || pair.SecondFromFirst is not { } secondFromFirst)
            {
                continue;
            }

            double angle = MedianAngleDegrees(block, pair, secondFromFirst);
            if (angle >= options.MinTriangulationAngleDegrees)
            {
                scored.Add((pair.Count * Math.Min(angle, GoodAngleDegrees), pair));
            }
        }

        return [.. scored.OrderByDescending(static s => s.Score).ThenBy(static s => s.Pair.First).ThenBy(static s => s.Pair.Second)
            .Select(static s => s.Pair)];
    }

    private static double MedianAngleDegrees(Block block, SfmPair pair, in RigidTransform secondFromFirst)
    {
        int step = Math.Max(1, pair.Count / Samples);
        var angles = new List<double>();
        for (int m = 0; m < pair.Count; m += step)
        {
            Vector3D first = secondFromFirst.Rotation * Ray(block, pair.First, pair.Matches[2 * m]);
            angles.Add(Vector3D.AngleBetween(first, Ray(block, pair.Second, pair.Matches[(2 * m) + 1])));
        }

        angles.Sort();
        return angles[angles.Count / 2] * 180 / Math.PI;
    }

    private static Vector3D Ray(Block block, int photo, int feature)
    {
        float[] positions = block.Input.Photos[photo].Positions;
        return block.LensOf(photo).Unproject(new Vector2D(positions[2 * feature], positions[(2 * feature) + 1]));
    }
}
