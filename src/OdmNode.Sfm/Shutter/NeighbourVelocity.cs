using OdmNode.Geometry.Linear;

namespace OdmNode.Sfm.Shutter;

/// <summary>Speeds of a camera at its photos, from the places and times of the photos before and after.</summary>
/// <remarks>
/// A straight line in time is fitted to the photos around one, as far as they follow each other without a gap or a turn. One on each side
/// will do where the clock tells fractions of a second; whole seconds need as many as there are, for then each time is off by up to one.
/// </remarks>
public static class NeighbourVelocity
{
    private const int NeighboursOfFineClock = 1;
    private const int NeighboursOfCoarseClock = 10;

    // A side is longer than the other when it goes on straight for more photos, counted up to this.
    private const int StraightPhotos = 3;
    private const double MaxTurnDegrees = 25;

    // A pause of so many usual steps ends a flight line: nobody knows how fast it went on.
    private const double GapSteps = 3;
    private const double FastestMetresPerSecond = 60;

    /// <param name="path">n photos of one camera: time in seconds, and place in metres.</param>
    /// <returns>n velocities, metres a second; null where the neighbours do not tell, as at a corner of the path.</returns>
    public static Vector3D?[] Of(IReadOnlyList<(double Seconds, Vector3D Place)> path)
    {
        ArgumentNullException.ThrowIfNull(path);
        int[] order = [.. Enumerable.Range(0, path.Count).OrderBy(i => path[i].Seconds)];
        var line = new FlightLine([.. order.Select(i => path[i])]);
        var velocities = new Vector3D?[path.Count];
        for (int i = 0; i < order.Length; i++)
        {
            velocities[order[i]] = line.VelocityAt(i);
        }

        return velocities;
    }

    private sealed class FlightLine
    {
        private readonly (double Seconds, Vector3D Place)[] photos;
        private readonly double clockStep;
        private readonly double longestStep;

        public FlightLine((double Seconds, Vector3D Place)[] photos)
        {
            this.photos = photos;
            clockStep = photos.All(photo => photo.Seconds == Math.Floor(photo.Seconds)) ? 1 : 0;
            double[] steps = [.. photos.Skip(1).Select((photo, i) => photo.Seconds - photos[i].Seconds).Where(step => step > 0).Order()];
            longestStep = steps.Length == 0 ? 0 : clockStep + (GapSteps * steps[steps.Length / 2]);
        }

        public Vector3D? VelocityAt(int photo)
        {
            int reach = clockStep > 0 ? NeighboursOfCoarseClock : NeighboursOfFineClock;
            List<int> before = Follow(photo, -1, Math.Max(reach, StraightPhotos));
            List<int> after = Follow(photo, 1, Math.Max(reach, StraightPhotos));
            if (before.Count > 0 && after.Count > 0 && Turns(photos[photo].Place - photos[before[0]].Place, photos[after[0]].Place - photos[photo].Place))
            {
                int longer = Math.Min(before.Count, StraightPhotos) - Math.Min(after.Count, StraightPhotos);
                if (longer == 0)
                {
                    return null;
                }

                (longer > 0 ? after : before).Clear();
            }

            return Slope([.. before.Take(reach), photo, .. after.Take(reach)]);
        }

        /// <summary>The photos that follow one in a direction, as long as they go on straight.</summary>
        private List<int> Follow(int start, int direction, int most)
        {
            var followed = new List<int>();
            Vector3D first = Vector3D.Zero;
            for (int at = start; followed.Count < most; at += direction)
            {
                int next = at + direction;
                if (next < 0 || next >= photos.Length)
                {
                    break;
                }

                Vector3D step = photos[next].Place - photos[at].Place;
                double seconds = Math.Abs(photos[next].Seconds - photos[at].Seconds);
                if (seconds + clockStep == 0 || seconds > longestStep || step.Length > FastestMetresPerSecond * (seconds + clockStep)
                    || (followed.Count > 0 && Turns(first, step)))
                {
                    break;
                }

                first = followed.Count == 0 ? step : first;
                followed.Add(next);
            }

            return followed;
        }

        private static bool Turns(Vector3D a, Vector3D b) =>
            a != Vector3D.Zero && b != Vector3D.Zero && Vector3D.AngleBetween(a, b) > MaxTurnDegrees * Math.PI / 180;

        private Vector3D? Slope(int[] window)
        {
            double mean = window.Average(i => photos[i].Seconds);
            double spread = window.Sum(i => Math.Pow(photos[i].Seconds - mean, 2));
            if (spread == 0)
            {
                return null;
            }

            Vector3D slope = Vector3D.Zero;
            foreach (int i in window)
            {
                slope += ((photos[i].Seconds - mean) / spread) * photos[i].Place;
            }

            return slope.Length <= FastestMetresPerSecond ? slope : null;
        }
    }
}
