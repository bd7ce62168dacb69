using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;
using OdmNode.Testing.Landscapes;

namespace OdmNode.Testing.Surveys;

/// <summary>A survey's cameras with tie points on its surface, observed with stated noise; nothing is rendered.</summary>
public static class SyntheticScene
{
    /// <summary>The key of the survey's one camera.</summary>
    public const string CameraId = "synthetic";

    /// <summary>The true reconstruction, its observations spoiled by noise.</summary>
    /// <param name="survey">Gives the cameras and the surface.</param>
    /// <param name="pointCount">Tie points, spread at random over the well-seen area; those in fewer than two photos are left out.</param>
    /// <param name="pixelSigma">Standard deviation of each observed coordinate, pixels.</param>
    /// <param name="seed">Selects points and noise.</param>
    public static Reconstruction Observe(SyntheticSurvey survey, int pointCount, double pixelSigma, int seed)
    {
        ArgumentNullException.ThrowIfNull(survey);
        var random = new SeededRandom(seed, 100);
        var positions = new List<Vector3D>();
        var offsets = new List<int> { 0 };
        var observations = new List<Observation>();
        int[] features = new int[survey.Photos.Count];
        for (int i = 0; i < pointCount; i++)
        {
            double x = random.Between(-1.4, 1.4) * survey.WellSeenHalfEast;
            double y = random.Between(-1.4, 1.4) * survey.WellSeenHalfNorth;
            var point = new Vector3D(x, y, survey.SurfaceHeightInWorld(x, y));
            int before = observations.Count;
            for (int shot = 0; shot < survey.Photos.Count; shot++)
            {
                if (survey.Project(survey.Photos[shot], point) is { } pixel)
                {
                    observations.Add(new Observation(
                        shot, features[shot], (float)(pixel.X + random.Normal(pixelSigma)), (float)(pixel.Y + random.Normal(pixelSigma)), 2));
                }
            }

            if (observations.Count - before < 2)
            {
                observations.RemoveRange(before, observations.Count - before);
                continue;
            }

            foreach (Observation observation in observations.Skip(before))
            {
                features[observation.Shot]++;
            }

            positions.Add(point);
            offsets.Add(observations.Count);
        }

        return new Reconstruction
        {
            Cameras = new SortedDictionary<string, Camera>(StringComparer.Ordinal) { [CameraId] = survey.Camera },
            Shots = [.. survey.Photos.Select(p => new Shot(p.ImageName, CameraId, p.CameraFromWorld) { ReadoutTravel = survey.ReadoutTravel(p) })],
            Points = new TiePoints([.. positions], new byte[3 * positions.Count], [.. offsets], [.. observations]),
            MapFrame = survey.MapFrame,
        };
    }
}
