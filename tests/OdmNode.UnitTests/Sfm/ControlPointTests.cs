using OdmNode.Geometry.Linear;
using OdmNode.Sfm;
using OdmNode.Sfm.Control;
using OdmNode.Sfm.Registration;

namespace OdmNode.UnitTests.Sfm;

public class ControlPointTests
{
    // The cameras' positions are on another datum: 30 m too high, as ellipsoidal heights are, and a metre beside.
    private static readonly Vector3D Datum = new(1, -0.5, 30);

    private static readonly Vector3D[] Corners = [new(10, 10, 1), new(95, 12, -2), new(12, 80, 0), new(98, 82, 3), new(50, 45, 2)];

    [Fact]
    public void A_block_follows_its_control_points_and_not_positions_of_another_datum()
    {
        SyntheticBlock block = Survey();
        SfmResult result = Run(block, [.. Corners.Select((corner, i) => block.Survey($"GCP{i}", corner, corner - Datum))]);

        Assert.True(result.FollowsControl);
        Assert.Empty(result.Unplaced);
        Assert.Equal(5, result.ControlResiduals.Count);
        Assert.All(result.ControlResiduals, residual => Assert.InRange(residual.Difference.Length, 0, SyntheticBlock.Gsd));
        Assert.All(Centers(block, result), off => AssertNear(off, -Datum));
        // The positions take no part, so what they are off stays to be told.
        AssertNear(result.PositionResiduals.Mean, -Datum);
    }

    [Fact]
    public void Check_points_take_no_part_and_tell_the_error_that_they_find()
    {
        SyntheticBlock block = Survey();
        var wrong = new Vector3D(0.3, 0, -0.4);
        var check = new Vector3D(70, 30, 1);
        ControlPoint[] points =
        [
            .. Corners.Select((corner, i) => block.Survey($"GCP{i}", corner, corner - Datum)),
            block.Survey("CHK-1", check, check - Datum - wrong, isCheckPoint: true),
        ];
        SfmResult result = Run(block, points);

        ControlResidual found = Assert.Single(result.ControlResiduals, static residual => residual.IsCheckPoint);
        Assert.InRange((found.Difference - wrong).Length, 0, 2 * SyntheticBlock.Gsd);
        Assert.All(found.Marks, mark => Assert.InRange((mark.Reprojected - new Vector2D(mark.Mark.X, mark.Mark.Y)).Length, 0, 4));
    }

    [Fact]
    public void Positions_may_be_kept_beside_control_points_less_their_datum()
    {
        SyntheticBlock block = Survey();
        SfmInput input = block.Build();
        SfmResult result = Run(
            input with { ControlPoints = [.. Corners.Select((corner, i) => block.Survey($"GCP{i}", corner, corner - Datum))], KeepsPositions = true });

        Assert.All(Centers(block, result), off => AssertNear(off, -Datum));
    }

    [Fact]
    public void Control_points_alone_bring_a_survey_without_positions_to_the_map()
    {
        SyntheticBlock block = Survey();
        block.HasPositions = false;
        SfmInput input = block.Build() with { MapFrame = SyntheticBlock.Map };
        SfmResult result = Run(input with { ControlPoints = [.. Corners.Select((corner, i) => block.Survey($"GCP{i}", corner, corner))] });

        Assert.NotNull(result.Reconstruction.MapFrame);
        Assert.All(Centers(block, result), off => AssertNear(off, Vector3D.Zero));
    }

    [Fact]
    public void One_grossly_wrong_point_does_not_bend_the_block()
    {
        SyntheticBlock block = Survey();
        Vector3D[] surveyed = [.. Corners];
        surveyed[1] += new Vector3D(5, 0, 0);
        SfmResult result = Run(block, [.. Corners.Select((corner, i) => block.Survey($"GCP{i}", corner, surveyed[i]))]);

        Assert.All(
            result.ControlResiduals.Where(residual => residual.Name != "GCP1"), residual => Assert.InRange(residual.Difference.Length, 0, 0.25));
        ControlResidual wrong = Assert.Single(result.ControlResiduals, static residual => residual.IsRefuted);
        Assert.Equal("GCP1", wrong.Name);
        Assert.InRange(wrong.Difference.Length, 4, 6);
    }

    [Fact]
    public void Two_points_or_points_on_a_line_leave_the_block_to_its_positions()
    {
        SyntheticBlock block = Survey();
        Vector3D[] line = [new(10, 40, 0), new(50, 40.2, 0), new(95, 40, 0)];
        foreach (Vector3D[] places in (Vector3D[][])[Corners[..2], line])
        {
            SfmResult result = Run(block, [.. places.Select((place, i) => block.Survey($"GCP{i}", place, place - Datum))]);
            Assert.False(result.FollowsControl);
            Assert.All(Centers(block, result), off => Assert.InRange(off.Length, 0, SyntheticBlock.Gsd));
            Assert.All(result.ControlResiduals, residual => Assert.InRange((residual.Difference - Datum).Length, 0, 0.3));
        }
    }

    private static SyntheticBlock Survey()
    {
        var block = new SyntheticBlock(11);
        block.AddGround(3000, -40, -40, 150, 140);
        block.AddGrid(5, 4);
        return block;
    }

    private static SfmResult Run(SyntheticBlock block, ControlPoint[] points) => Run(block.Build() with { ControlPoints = points });

    private static SfmResult Run(SfmInput input) => IncrementalReconstructor.Run(input, new SfmOptions(), null, CancellationToken.None);

    private static IEnumerable<Vector3D> Centers(SyntheticBlock block, SfmResult result) => result.Reconstruction.Shots.Select(shot =>
        shot.CameraFromWorld.Center - block.Cameras[int.Parse(shot.ImageName.AsSpan(1, 4), System.Globalization.CultureInfo.InvariantCulture)].Center);

    // Over flat ground, the height of cameras that look straight down is not told apart from the focal length.
    private static void AssertNear(Vector3D found, Vector3D expected)
    {
        Assert.InRange(Math.Abs(found.X - expected.X), 0, 4 * SyntheticBlock.Gsd);
        Assert.InRange(Math.Abs(found.Y - expected.Y), 0, 4 * SyntheticBlock.Gsd);
        Assert.InRange(Math.Abs(found.Z - expected.Z), 0, 1);
    }
}
