using OdmNode.Geometry.Linear;
using OdmNode.Sfm.Shutter;

namespace OdmNode.UnitTests.Sfm.Shutter;

public class NeighbourVelocityTests
{
    private static readonly Vector3D East = new(10, 0, 0);

    [Fact]
    public void A_straight_flight_has_its_speed_at_every_photo_whatever_their_order()
    {
        (double, Vector3D)[] path = [.. Enumerable.Range(0, 6).Select(i => 1.3 * ((i * 5) % 6)).Select(t => (t + 0.01, t * new Vector3D(3, -7, 1)))];
        Assert.All(NeighbourVelocity.Of(path), v => AssertNear(new Vector3D(3, -7, 1), v, 1e-9));
    }

    [Fact]
    public void At_the_ends_of_flight_lines_the_line_counts_and_not_the_way_to_the_next()
    {
        var path = new List<(double, Vector3D)>();
        for (int i = 0; i < 5; i++)
        {
            path.Add((2.1 * i, 2.1 * i * East));
        }

        for (int i = 0; i < 5; i++)
        {
            path.Add((12.6 + (2.1 * i), new Vector3D(84 - (21 * i), 30, 0)));
        }

        Vector3D?[] found = NeighbourVelocity.Of(path);
        Assert.All(found[..5], v => AssertNear(East, v, 1e-9));
        Assert.All(found[5..], v => AssertNear(-East, v, 1e-9));
    }

    [Fact]
    public void A_pause_between_two_photos_tells_nothing()
    {
        (double, Vector3D)[] path = [(0.5, Vector3D.Zero), (2.5, 2 * East), (4.5, 4 * East), (400.5, 5 * East), (402.5, 7 * East), (404.5, 9 * East)];
        Assert.All(NeighbourVelocity.Of(path), v => AssertNear(East, v, 1e-9));
    }

    [Fact]
    public void Two_photos_of_one_moment_do_not_divide_by_zero()
    {
        (double, Vector3D)[] path = [(0.5, Vector3D.Zero), (2.5, 2 * East), (2.5, 2.01 * East), (4.5, 4.01 * East), (6.5, 6.01 * East)];
        Assert.All(NeighbourVelocity.Of(path), v => AssertNear(East, v, 1e-9));
    }

    [Fact]
    public void A_clock_of_whole_seconds_is_evened_out_over_the_line()
    {
        (double, Vector3D)[] path = [.. Enumerable.Range(0, 16).Select(i => (Math.Floor(1.7 * i), 1.7 * i * East))];
        Assert.All(NeighbourVelocity.Of(path), v => AssertNear(East, v, 0.5));
        (double, Vector3D)[] single = [.. path.Select(photo => (photo.Item1 + (0.001 * photo.Item1), photo.Item2))];
        Assert.Contains(NeighbourVelocity.Of(single)[3..^3], v => (v!.Value - East).Length > 1.4);
    }

    [Fact]
    public void A_jump_that_no_drone_flies_is_no_speed()
    {
        (double, Vector3D)[] path = [(0.5, Vector3D.Zero), (2.5, 2 * East), (4.5, new Vector3D(900, 0, 0)), (6.5, new Vector3D(920, 0, 0))];
        Assert.All(NeighbourVelocity.Of(path), v => AssertNear(East, v, 1e-9));
    }

    [Fact]
    public void A_corner_between_lines_of_one_length_and_a_photo_alone_have_none()
    {
        (double, Vector3D)[] path =
        [
            (0.5, Vector3D.Zero), (2.5, 2 * East), (4.5, 4 * East), (6.5, new Vector3D(40, 20, 0)), (8.5, new Vector3D(40, 40, 0)),
        ];
        Assert.Null(NeighbourVelocity.Of(path)[2]);
        Assert.Equal([null], NeighbourVelocity.Of([(0, Vector3D.Zero)]));
        Assert.Equal([null, null], NeighbourVelocity.Of([(3.5, Vector3D.Zero), (3.5, East)]));
    }

    private static void AssertNear(Vector3D expected, Vector3D? found, double tolerance)
    {
        Assert.NotNull(found);
        Assert.InRange((found.Value - expected).Length, 0, tolerance);
    }
}
