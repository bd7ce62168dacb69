using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Model;
using OdmNode.Testing.Surveys;

namespace OdmNode.Testing.Comparison;

/// <summary>How far reconstructed cameras are from the true ones.</summary>
/// <param name="Compared">Photos that were placed.</param>
/// <param name="CenterRmse">Root mean square distance of the projection centres, metres.</param>
/// <param name="CenterMaximum">Metres.</param>
/// <param name="RotationRmseDegrees">Root mean square angle between the attitudes.</param>
public sealed record CameraComparison(int Compared, double CenterRmse, double CenterMaximum, double RotationRmseDegrees)
{
    /// <summary>After the similarity that fits best, which takes away what no photo can tell: place, attitude and scale.</summary>
    public static CameraComparison Aligned(Reconstruction reconstruction, SyntheticSurvey survey)
    {
        (List<RigidTransform> found, List<RigidTransform> truth) = Pair(reconstruction, survey);
        SimilarityTransform truthFromFound = SimilarityFit.Of(
            [.. found.Select(c => c.Center)], [.. truth.Select(c => c.Center)], fitScale: true);
        return Measure([.. found.Select(c => truthFromFound.TransformCamera(c))], truth);
    }

    /// <summary>As they stand on the earth, without any alignment.</summary>
    /// <exception cref="ArgumentException">The reconstruction has no place on the map.</exception>
    public static CameraComparison Absolute(Reconstruction reconstruction, SyntheticSurvey survey)
    {
        ArgumentNullException.ThrowIfNull(reconstruction);
        ArgumentNullException.ThrowIfNull(survey);
        if (reconstruction.MapFrame is not { } mapFrame)
        {
            throw new ArgumentException("The reconstruction has no place on the map.", nameof(reconstruction));
        }

        (List<RigidTransform> found, List<RigidTransform> truth) = Pair(reconstruction, survey);
        SimilarityTransform surveyFromFound = FrameChange(mapFrame.Local, survey.MapFrame.Local);
        return Measure([.. found.Select(c => surveyFromFound.TransformCamera(c))], truth);
    }

    /// <summary>The rigid motion between two local frames.</summary>
    private static SimilarityTransform FrameChange(Geometry.Geodesy.LocalFrame from, Geometry.Geodesy.LocalFrame to)
    {
        Vector3D Carry(Vector3D point) => to.FromGeodetic(from.ToGeodetic(point));
        const double span = 1000;
        Vector3D zero = Carry(Vector3D.Zero);
        Vector3D Axis(Vector3D direction) => (Carry(span * direction) - zero).Normalized();
        return new SimilarityTransform(
            1, Matrix3x3.FromColumns(Axis(new Vector3D(1, 0, 0)), Axis(new Vector3D(0, 1, 0)), Axis(new Vector3D(0, 0, 1))), zero);
    }

    private static (List<RigidTransform> Found, List<RigidTransform> Truth) Pair(Reconstruction reconstruction, SyntheticSurvey survey)
    {
        ArgumentNullException.ThrowIfNull(reconstruction);
        ArgumentNullException.ThrowIfNull(survey);
        var truthByName = survey.Photos.ToDictionary(photo => photo.ImageName, StringComparer.Ordinal);
        var found = new List<RigidTransform>();
        var truth = new List<RigidTransform>();
        foreach (Shot shot in reconstruction.Shots)
        {
            found.Add(shot.CameraFromWorld);
            truth.Add(truthByName[shot.ImageName].CameraFromWorld);
        }

        return (found, truth);
    }

    private static CameraComparison Measure(List<RigidTransform> found, List<RigidTransform> truth)
    {
        double sum = 0;
        double maximum = 0;
        double angles = 0;
        for (int i = 0; i < found.Count; i++)
        {
            double distance = (found[i].Center - truth[i].Center).Length;
            sum += distance * distance;
            maximum = Math.Max(maximum, distance);
            angles += Rotations.ToAxisAngle(found[i].Rotation * truth[i].Rotation.Transposed()).LengthSquared;
        }

        return new CameraComparison(
            found.Count, Math.Sqrt(sum / found.Count), maximum, Math.Sqrt(angles / found.Count) * 180 / Math.PI);
    }
}
