using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Model;
using OdmNode.Testing.Comparison;
using OdmNode.Testing.Surveys;

namespace OdmNode.UnitTests.Testing;

public sealed class ComparisonTests
{
    private static readonly SyntheticSurvey Survey = SyntheticSurvey.Create(new SyntheticSurveyOptions { PhotoCount = 12 });

    [Fact]
    public void A_similarity_between_point_sets_is_found_again()
    {
        var truth = new SimilarityTransform(2.5, Rotations.FromAxisAngle(new Vector3D(0.3, -1.2, 2.1)), new Vector3D(10, -4, 7));
        Vector3D[] source = [new(0, 0, 0), new(5, 1, 0), new(-2, 7, 1), new(3, 3, 9), new(1, -8, 2)];
        SimilarityTransform found = SimilarityFit.Of(source, [.. source.Select(p => truth * p)], fitScale: true);
        Assert.All(source, p => Assert.True((found * p - truth * p).Length < 1e-9));
        Assert.Equal(2.5, found.Scale, 12);
    }

    [Fact]
    public void The_true_scene_seen_through_another_frame_compares_as_equal_after_alignment()
    {
        Reconstruction scene = SyntheticScene.Observe(Survey, 200, 0, seed: 1);
        var moved = new SimilarityTransform(0.1, Rotations.FromAxisAngle(new Vector3D(1, 0.5, -0.2)), new Vector3D(3, 2, 1));
        var other = new Reconstruction
        {
            Cameras = scene.Cameras,
            Shots = [.. scene.Shots.Select(s => s with { CameraFromWorld = moved.TransformCamera(s.CameraFromWorld) })],
            Points = TiePoints.Empty,
        };
        CameraComparison comparison = CameraComparison.Aligned(other, Survey);
        Assert.Equal(12, comparison.Compared);
        Assert.True(comparison.CenterMaximum < 1e-8, $"{comparison}");
        Assert.True(comparison.RotationRmseDegrees < 1e-6, $"{comparison}");
    }

    [Fact]
    public void Absolute_comparison_sees_a_shift_that_alignment_hides()
    {
        Reconstruction scene = SyntheticScene.Observe(Survey, 10, 0, seed: 1);
        var shift = new SimilarityTransform(1, Matrix3x3.Identity, new Vector3D(0, 3, 4));
        var shifted = new Reconstruction
        {
            Cameras = scene.Cameras,
            Shots = [.. scene.Shots.Select(s => s with { CameraFromWorld = shift.TransformCamera(s.CameraFromWorld) })],
            Points = TiePoints.Empty,
            MapFrame = Survey.MapFrame,
        };
        Assert.Equal(5, CameraComparison.Absolute(shifted, Survey).CenterRmse, 6);
        Assert.Equal(0, CameraComparison.Aligned(shifted, Survey).CenterRmse, 6);
    }

    [Fact]
    public void Observations_of_a_scene_carry_the_stated_noise_and_no_more()
    {
        Reconstruction scene = SyntheticScene.Observe(Survey, 2000, 0.5, seed: 3);
        double sum = 0;
        for (int point = 0; point < scene.Points.Count; point++)
        {
            Assert.True(scene.Points.ObservationsOf(point).Length >= 2);
            foreach (Observation o in scene.Points.ObservationsOf(point))
            {
                Vector2D exact = Survey.Camera.Project(scene.Shots[o.Shot].CameraFromWorld * scene.Points.Positions[point]);
                sum += (exact - new Vector2D(o.X, o.Y)).LengthSquared;
            }
        }

        Assert.InRange(Math.Sqrt(sum / (2 * scene.Points.Observations.Length)), 0.48, 0.52);
    }
}
