using OdmNode.Geometry.Cameras;
using OdmNode.Scene.Model;
using OdmNode.Sfm;
using OdmNode.Testing.Surveys;

namespace OdmNode.Benchmarks;

/// <summary>Takes a scene apart into what features and matching would have given.</summary>
internal static class SceneInput
{
    /// <param name="survey">Gives positions and the lens as EXIF tells it.</param>
    /// <param name="scene">Observed points.</param>
    public static SfmInput Of(SyntheticSurvey survey, Reconstruction scene)
    {
        int photos = scene.Shots.Count;
        var positions = new List<float>[photos];
        for (int i = 0; i < photos; i++)
        {
            positions[i] = [];
        }

        var matches = new SortedDictionary<(int, int), List<int>>();
        for (int point = 0; point < scene.Points.Count; point++)
        {
            ReadOnlySpan<Observation> seen = scene.Points.ObservationsOf(point);
            for (int i = 0; i < seen.Length; i++)
            {
                positions[seen[i].Shot].AddRange([seen[i].X, seen[i].Y]);
                for (int j = i + 1; j < seen.Length; j++)
                {
                    if (!matches.TryGetValue((seen[i].Shot, seen[j].Shot), out List<int>? pair))
                    {
                        matches[(seen[i].Shot, seen[j].Shot)] = pair = [];
                    }

                    pair.AddRange([seen[i].Feature, seen[j].Feature]);
                }
            }
        }

        double focal = Math.Round(survey.Options.FocalRatio * 36) / 36 * survey.Camera.LongestSide;
        var start = new BrownCamera
        {
            Width = survey.Camera.Width,
            Height = survey.Camera.Height,
            FocalX = focal,
            FocalY = focal,
            CenterX = 0.5 * survey.Camera.Width,
            CenterY = 0.5 * survey.Camera.Height,
        };
        return new SfmInput
        {
            Photos = [.. survey.Photos.Select((photo, i) => new SfmPhoto
            {
                ImageName = photo.ImageName,
                CameraId = SyntheticScene.CameraId,
                Positions = [.. positions[i]],
                Scales = [.. Enumerable.Repeat(2f, positions[i].Count / 2)],
                Colors = new byte[3 * positions[i].Count / 2],
                Position = new PositionPrior(
                    survey.MapFrame.Local.FromGeodetic(photo.ExifPosition), survey.Options.GpsNoiseHorizontal, survey.Options.GpsNoiseVertical),
            })],
            Cameras = new SortedDictionary<string, SfmCamera>(StringComparer.Ordinal) { [SyntheticScene.CameraId] = new SfmCamera(start) },
            Pairs = [.. matches.Where(pair => pair.Value.Count >= 40)
                .Select(pair => new SfmPair(pair.Key.Item1, pair.Key.Item2, [.. pair.Value], SecondFromFirst(scene, pair.Key)))],
            MapFrame = survey.MapFrame,
        };
    }

    private static Geometry.Transforms.RigidTransform SecondFromFirst(Reconstruction scene, (int First, int Second) pair)
    {
        Geometry.Transforms.RigidTransform relative =
            scene.Shots[pair.Second].CameraFromWorld * scene.Shots[pair.First].CameraFromWorld.Inverse();
        // Photos alone tell the direction of the base and not its length.
        return relative with { Translation = relative.Translation.Normalized() };
    }
}
