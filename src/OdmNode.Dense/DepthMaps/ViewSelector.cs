using System.Runtime.InteropServices;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.DepthMaps;

/// <summary>Chooses for every photo the neighbours its depth map is matched against.</summary>
/// <remarks>
/// A pair scores by the tie points both see, each weighted by its triangulation angle and by the ratio of the distances
/// (after Goesele et al., Multi-View Stereo for Community Photo Collections, ICCV 2007). Neighbours are then taken
/// greedily so that they lie on different sides of the photo: what is hidden from one side is seen from another.
/// Cost grows with the observations, not with the square of the photos.
/// </remarks>
public static class ViewSelector
{
    /// <returns>For every shot the indices of its neighbours, the best first; empty where nothing fits.</returns>
    public static IReadOnlyList<int[]> Select(
        Reconstruction reconstruction, ViewSelectionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reconstruction);
        ArgumentNullException.ThrowIfNull(options);
        Vector3D[] centers = [.. reconstruction.Shots.Select(shot => shot.CameraFromWorld.Center)];
        List<int>[] pointsOfShot = PointsByShot(reconstruction);
        var neighbours = new int[centers.Length][];
        for (int shot = 0; shot < centers.Length; shot++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<Candidate> candidates = Score(reconstruction, centers, pointsOfShot[shot], shot, options);
            RigidTransform cameraFromWorld = reconstruction.Shots[shot].CameraFromWorld;
            neighbours[shot] = Spread(candidates, centers, shot, cameraFromWorld, options.MaxNeighbours);
        }

        return neighbours;
    }

    private static List<int>[] PointsByShot(Reconstruction reconstruction)
    {
        var pointsOfShot = new List<int>[reconstruction.Shots.Count];
        for (int shot = 0; shot < pointsOfShot.Length; shot++)
        {
            pointsOfShot[shot] = [];
        }

        for (int point = 0; point < reconstruction.Points.Count; point++)
        {
            foreach (Observation observation in reconstruction.Points.ObservationsOf(point))
            {
                pointsOfShot[observation.Shot].Add(point);
            }
        }

        return pointsOfShot;
    }

    private static List<Candidate> Score(
        Reconstruction reconstruction, Vector3D[] centers, List<int> points, int shot, ViewSelectionOptions options)
    {
        var tallies = new SortedDictionary<int, Tally>();
        double focal = reconstruction.CameraOf(reconstruction.Shots[shot]).FocalX;
        foreach (int point in points)
        {
            Vector3D position = reconstruction.Points.Positions[point];
            Vector3D toShot = centers[shot] - position;
            foreach (Observation observation in reconstruction.Points.ObservationsOf(point))
            {
                int other = observation.Shot;
                if (other == shot)
                {
                    continue;
                }

                Vector3D toOther = centers[other] - position;
                double degrees = Vector3D.AngleBetween(toShot, toOther) * 180 / Math.PI;
                double otherFocal = reconstruction.CameraOf(reconstruction.Shots[other]).FocalX;
                double scale = focal / toShot.Length * toOther.Length / otherFocal;
                double likeness = Math.Pow(Math.Min(scale, 1 / scale), 2);
                if (!tallies.TryGetValue(other, out Tally? tally))
                {
                    tallies.Add(other, tally = new Tally());
                }

                tally.Angles.Add(degrees);
                tally.Score += AngleWeight(degrees, options) * likeness;
            }
        }

        var candidates = new List<Candidate>();
        foreach ((int other, Tally tally) in tallies)
        {
            Span<double> angles = CollectionsMarshal.AsSpan(tally.Angles);
            angles.Sort();
            double median = angles[angles.Length / 2];
            if (angles.Length >= options.MinSharedPoints && median >= options.MinAngleDegrees && median <= options.MaxAngleDegrees)
            {
                candidates.Add(new Candidate(other, tally.Score));
            }
        }

        return candidates;
    }

    private static double AngleWeight(double degrees, ViewSelectionOptions options)
    {
        double ratio = degrees / options.BestAngleDegrees;
        double spread = degrees < options.BestAngleDegrees ? 0.6 : 1.2;
        return Math.Exp(-Math.Pow((ratio - 1) / spread, 2));
    }

    /// <summary>Takes the best candidate, then again and again the best after a penalty for lying on an occupied side.</summary>
    private static int[] Spread(
        List<Candidate> candidates, Vector3D[] centers, int shot, in RigidTransform cameraFromWorld, int count)
    {
        var chosen = new List<int>();
        var directions = new List<Vector3D>();
        while (chosen.Count < count && candidates.Count > 0)
        {
            int best = 0;
            double bestScore = double.NegativeInfinity;
            for (int i = 0; i < candidates.Count; i++)
            {
                Vector3D direction = SideOf(cameraFromWorld, centers[candidates[i].Shot]);
                double score = candidates[i].Score;
                foreach (Vector3D taken in directions)
                {
                    score *= 1 - (0.5 * Math.Max(0, Vector3D.Dot(direction, taken)));
                }

                if (score > bestScore)
                {
                    (best, bestScore) = (i, score);
                }
            }

            chosen.Add(candidates[best].Shot);
            directions.Add(SideOf(cameraFromWorld, centers[candidates[best].Shot]));
            candidates.RemoveAt(best);
        }

        return [.. chosen];
    }

    private static Vector3D SideOf(in RigidTransform cameraFromWorld, Vector3D otherCenter)
    {
        Vector3D inCamera = cameraFromWorld * otherCenter;
        double length = inCamera.Length;
        return length > 0 ? (1 / length) * new Vector3D(inCamera.X, inCamera.Y, 0) : Vector3D.Zero;
    }

    private sealed class Tally
    {
        public List<double> Angles { get; } = [];

        public double Score { get; set; }
    }

    private readonly record struct Candidate(int Shot, double Score);
}
