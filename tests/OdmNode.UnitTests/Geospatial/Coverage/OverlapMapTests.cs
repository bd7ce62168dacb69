using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Geospatial.Coverage;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Geospatial.Coverage;

public sealed class OverlapMapTests
{
    private const string Id = "maker model 4000 3000 brown 1";

    // From 100 m up a photo shows 100 m x 75 m.
    private static readonly BrownCamera Lens =
        new() { Width = 4000, Height = 3000, FocalX = 4000, FocalY = 4000, CenterX = 2000, CenterY = 1500 };

    [Fact]
    public void Each_place_counts_the_photos_whose_frames_hold_it()
    {
        Vector2D[] cameras = [new(0, 0), new(30, 0), new(60, 10)];
        OverlapMap map = OverlapMap.Of(Scene(Lens, cameras), [], 120, 2, CancellationToken.None);
        int seen = 0;
        for (int i = 0; i < map.Counts.Count; i++)
        {
            double x = map.Grid.EastingOf(i % map.Grid.Width);
            double y = map.Grid.NorthingOf(i / map.Grid.Width);
            Assert.Equal(cameras.Count(c => Math.Abs(x - c.X) < 50 && Math.Abs(y - c.Y) < 37.5), map.Counts[i]);
            seen = Math.Max(seen, map.Counts[i]);
        }

        Assert.Equal(3, seen);
        Assert.Equal(cameras, map.Cameras);
    }

    [Fact]
    public void Shares_add_up_and_a_mask_narrows_them()
    {
        OverlapMap map = OverlapMap.Of(Scene(Lens, [new(0, 0), new(30, 0)]), [], 120, 1, CancellationToken.None);
        double[] shares = map.Shares(5, null);
        Assert.Equal(1, shares.Sum(), 9);
        // 70 m of 130 m are shown by both.
        Assert.Equal(70.0 / 130, shares[1], 0.02);
        bool[] both = [.. map.Counts.Select(count => count == 2)];
        Assert.Equal([0, 1, 0, 0, 0], map.Shares(5, both));
        Assert.Equal([0, 0], map.Shares(2, new bool[both.Length]));
    }

    [Fact]
    public void A_lens_that_folds_back_far_outside_shows_nothing_there()
    {
        // r (1 - 0.5 r²) comes back to zero at r = 1.41: places at the horizon would land in the middle of the picture.
        BrownCamera folding = Lens with { K1 = -0.5 };
        OverlapMap map = OverlapMap.Of(Scene(folding, [new(0, 0)]), [new(-300, -300), new(300, 300)], 120, 1, CancellationToken.None);
        for (int i = 0; i < map.Counts.Count; i++)
        {
            double x = map.Grid.EastingOf(i % map.Grid.Width);
            double y = map.Grid.NorthingOf(i / map.Grid.Width);
            Assert.True(map.Counts[i] == 0 || Math.Sqrt((x * x) + (y * y)) < 100, $"{x:F0}, {y:F0} is shown");
        }

        Assert.Contains(1, map.Counts);
    }

    [Fact]
    public void The_map_is_the_same_on_any_number_of_cores()
    {
        Reconstruction scene = Scene(Lens, [new(0, 0), new(30, 0), new(60, 10)]);
        Assert.Equal(
            OverlapMap.Of(scene, [], 90, 1, CancellationToken.None).Counts, OverlapMap.Of(scene, [], 90, 4, CancellationToken.None).Counts);
    }

    /// <summary>Photos from 100 m straight down on level ground, top to the north.</summary>
    private static Reconstruction Scene(BrownCamera lens, Vector2D[] cameras)
    {
        var rotation = new Matrix3x3(1, 0, 0, 0, -1, 0, 0, 0, -1);
        var points = new List<Vector3D>();
        for (int y = -120; y <= 120; y += 5)
        {
            for (int x = -120; x <= 180; x += 5)
            {
                points.Add(new Vector3D(x, y, 0));
            }
        }

        return new Reconstruction
        {
            Cameras = new Dictionary<string, Camera> { [Id] = lens },
            Shots = [.. cameras.Select((c, i) => new Shot($"{i}.jpg", Id, new RigidTransform(rotation, -(rotation * new Vector3D(c.X, c.Y, 100)))))],
            Points = new TiePoints([.. points], new byte[3 * points.Count], new int[points.Count + 1], []),
        };
    }
}
