using OdmNode.Dense.DepthMaps;
using OdmNode.Dense.Filtering;
using OdmNode.Dense.Fusion;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Dense;

public sealed class DepthMapTests : IClassFixture<DenseScene>
{
    private readonly DenseScene scene;

    public DepthMapTests(DenseScene scene) => this.scene = scene;

    [Fact]
    public void Every_photo_of_a_block_has_neighbours_and_never_itself()
    {
        Assert.Equal(scene.Views.Length, scene.Neighbours.Count);
        Assert.All(scene.Neighbours, list => Assert.InRange(list.Length, 2, 5));
        Assert.All(scene.Neighbours.Select((list, shot) => (list, shot)), pair => Assert.DoesNotContain(pair.shot, pair.list));
    }

    [Fact]
    public void A_photo_that_shares_no_tie_point_has_no_neighbour()
    {
        var alone = new Reconstruction
        {
            Cameras = scene.Reconstruction.Cameras,
            Shots = scene.Reconstruction.Shots,
            Points = TiePoints.Empty,
        };
        Assert.All(ViewSelector.Select(alone, new ViewSelectionOptions(), CancellationToken.None), Assert.Empty);
    }

    [Fact]
    public void Open_ground_is_found_to_less_than_a_pixel_in_every_photo()
    {
        foreach (DepthMap map in scene.Maps)
        {
            (double[] errors, double completeness) = scene.OpenGround(map);
            Assert.InRange(errors[errors.Length / 2], 0, 0.5 * scene.Gsd);
            Assert.InRange(completeness, 0.95, 1);
        }
    }

    [Fact]
    public void The_same_photos_give_the_same_bytes_again()
    {
        DepthMap again = scene.Estimate(2);
        Assert.Equal(scene.Maps[2].Depth, again.Depth);
        Assert.Equal(scene.Maps[2].Confidence, again.Confidence);
    }

    [Fact]
    public void A_photo_without_tie_points_or_neighbours_gives_an_empty_map()
    {
        var nothing = new DepthPrior([]);
        DepthMap withoutPoints = DepthMapEstimator.Estimate(
            scene.Views[0], [scene.Views[1]], nothing, new DepthMapOptions(), CancellationToken.None);
        DepthMap withoutNeighbours = DepthMapEstimator.Estimate(
            scene.Views[0], [], DepthPrior.FromTiePoints(scene.Reconstruction, 0), new DepthMapOptions(), CancellationToken.None);
        Assert.All(withoutPoints.Depth, depth => Assert.Equal(0, depth));
        Assert.All(withoutNeighbours.Depth, depth => Assert.Equal(0, depth));
    }

    [Fact]
    public void A_cancelled_estimate_ends_with_the_token_of_the_caller()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var exception = Assert.Throws<OperationCanceledException>(() => DepthMapEstimator.Estimate(
            scene.Views[0], [scene.Views[1]], DepthPrior.FromTiePoints(scene.Reconstruction, 0), new DepthMapOptions(), source.Token));
        Assert.Equal(source.Token, exception.CancellationToken);
    }

    [Fact]
    public void Depths_that_neighbours_confirm_are_nearer_to_the_truth()
    {
        DepthMap map = scene.Maps[2];
        DepthMap filtered = Filter(2);
        (double[] before, _) = scene.OpenGround(map);
        (double[] after, double completeness) = scene.OpenGround(filtered);
        Assert.True(after[after.Length / 2] < before[before.Length / 2]);
        Assert.InRange(after[after.Length * 95 / 100], 0, 1.5 * scene.Gsd);
        Assert.InRange(completeness, 0.9, 1);
    }

    [Fact]
    public void A_depth_that_no_neighbour_confirms_is_dropped()
    {
        DepthMap map = scene.Maps[2];
        var wrong = new DepthMap
        {
            ImageName = map.ImageName,
            Camera = map.Camera,
            CameraFromWorld = map.CameraFromWorld,
            Depth = [.. map.Depth.Select(static depth => 0.9f * depth)],
            Confidence = map.Confidence,
        };
        DepthMap filtered = ConsistencyFilter.Filter(
            wrong, [.. scene.Neighbours[2].Select(i => scene.Maps[i])], new ConsistencyOptions(), CancellationToken.None);
        Assert.True(filtered.Depth.Count(static depth => depth > 0) < 0.02 * filtered.Depth.Length);
    }

    [Fact]
    public void A_fused_cloud_lies_on_the_true_ground_and_tiles_share_no_point()
    {
        FusionView[] views = [.. scene.Views.Select((view, i) => new FusionView(Filter(i), view.Picture))];
        double spacing = 1.5 * MapFootprint.Of(views[2].Map, scene.Survey.MapFrame)!.PixelMetres;
        Vector3D middle = scene.Survey.MapFrame.MapFromWorld(Vector3D.Zero);
        var options = new FusionOptions { SpacingMetres = spacing };
        var whole = new MapRectangle(middle.X - 8, middle.Y - 8, middle.X + 8, middle.Y + 8);
        PointCloud all = Fuse(whole);
        PointCloud left = Fuse(whole with { East = middle.X });
        PointCloud right = Fuse(whole with { West = middle.X });

        List<double> errors = [];
        for (int i = 0; i < all.Count; i++)
        {
            double east = all.Origin.X + all.Positions[3 * i];
            double north = all.Origin.Y + all.Positions[(3 * i) + 1];
            Assert.True(whole.Contains(east, north));
            if (scene.Survey.IsOpenGround(east, north, 0.5))
            {
                double height = all.Origin.Z + all.Positions[(3 * i) + 2];
                errors.Add(Math.Abs(height - scene.Survey.SurfaceHeightOnMap(east, north)));
            }
        }

        errors.Sort();
        Assert.InRange(errors[errors.Count / 2], 0, 0.5 * scene.Gsd);
        Assert.InRange(errors[errors.Count * 95 / 100], 0, 1.5 * scene.Gsd);
        int cells = (int)(16 / spacing * (16 / spacing));
        Assert.InRange(all.Count, 0.9 * cells, 1.6 * cells);
        for (int i = 0; i < left.Count; i++)
        {
            Assert.True(left.Origin.X + left.Positions[3 * i] < middle.X + 1e-4);
        }

        // Only cubes cut by the common edge are in both tiles.
        Assert.InRange(left.Count + right.Count - all.Count, 0, 3 * 16 / spacing);
        Assert.All(all.Views, views => Assert.InRange(views, 1, 6));
        Assert.True(all.Views.Count(static views => views > 1) > 0.95 * all.Count);

        PointCloud Fuse(MapRectangle area) =>
            DepthMapFuser.Fuse(area, scene.Survey.MapFrame, views, options, CancellationToken.None);
    }

    private DepthMap Filter(int shot) => ConsistencyFilter.Filter(
        scene.Maps[shot], [.. scene.Neighbours[shot].Select(i => scene.Maps[i])], new ConsistencyOptions(), CancellationToken.None);
}
