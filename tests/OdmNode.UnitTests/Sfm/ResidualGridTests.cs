using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Model;
using OdmNode.Sfm.Bundle;

namespace OdmNode.UnitTests.Sfm;

public sealed class ResidualGridTests
{
    private const string Id = "maker model 4000 3000 brown 0.8";

    [Fact]
    public void What_all_photos_miss_by_in_a_part_of_the_picture_is_found_there()
    {
        // The left half of every photo is seen 0.4 pixels too far right, the right half 0.3 pixels too low.
        ResidualGrid grid = Assert.Single(ResidualGrid.Of(Scene(pixel => pixel.X < 2000 ? new Vector2D(0.4, 0) : new Vector2D(0, 0.3)), 8));
        Assert.Equal((Id, 8, 6), (grid.CameraId, grid.Columns, grid.Rows));
        for (int cell = 0; cell < grid.Counts.Count; cell++)
        {
            Vector2D expected = grid.Counts[cell] == 0 ? default : cell % 8 < 4 ? new Vector2D(0.4, 0) : new Vector2D(0, 0.3);
            Assert.Equal(expected.X, grid.MeanVectors[cell].X, 3);
            Assert.Equal(expected.Y, grid.MeanVectors[cell].Y, 3);
            Assert.Equal(expected.Length, grid.RootMeanSquares[cell], 3);
        }
    }

    [Fact]
    public void No_observation_is_left_out_however_wrong()
    {
        Reconstruction scene = Scene(pixel => pixel.X < 500 ? new Vector2D(0, 900) : default);
        ResidualGrid grid = Assert.Single(ResidualGrid.Of(scene, 8));
        Assert.Equal(scene.Points.Observations.Length, grid.Observations);
        Assert.Equal(900, grid.RootMeanSquares.Max(), 2);
    }

    [Fact]
    public void Opposite_errors_cancel_in_the_mean_and_stay_in_the_size()
    {
        int count = 0;
        ResidualGrid grid = Assert.Single(ResidualGrid.Of(Scene(_ => new Vector2D(count++ % 2 == 0 ? 2 : -2, 0)), 1));
        Assert.Equal(0, grid.MeanVectors[0].X, 2);
        Assert.Equal(2, grid.RootMeanSquares[0], 3);
    }

    /// <summary>One photo of a plane of points; each is observed off its projection by what the function says.</summary>
    private static Reconstruction Scene(Func<Vector2D, Vector2D> error)
    {
        var camera = new BrownCamera { Width = 4000, Height = 3000, FocalX = 3200, FocalY = 3200, CenterX = 2000, CenterY = 1500, K1 = -0.05 };
        var positions = new List<Vector3D>();
        var observations = new List<Observation>();
        for (int row = 0; row < 30; row++)
        {
            for (int column = 0; column < 40; column++)
            {
                var pixel = new Vector2D((100 * column) + 37, (100 * row) + 41);
                positions.Add(50 * camera.Unproject(pixel));
                Vector2D seen = pixel + error(pixel);
                observations.Add(new Observation(0, observations.Count, (float)seen.X, (float)seen.Y, 4));
            }
        }

        return new Reconstruction
        {
            Cameras = new Dictionary<string, Camera> { [Id] = camera },
            Shots = [new Shot("a.jpg", Id, RigidTransform.Identity)],
            Points = new TiePoints(
                [.. positions], new byte[3 * positions.Count], [.. Enumerable.Range(0, positions.Count + 1)], [.. observations]),
        };
    }
}
