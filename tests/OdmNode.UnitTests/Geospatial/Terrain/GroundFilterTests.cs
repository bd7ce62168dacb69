using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Terrain;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Geospatial.Terrain;

/// <summary>Hills with houses and trees, whose ground is a formula, seen as stereo matching sees them: noisy, with points below.</summary>
public class GroundFilterTests
{
    private const double Spacing = 0.25;
    private const double Noise = 0.06;
    private const int SizeMetres = 160;
    private static readonly GroundGrid Grid = new(447500, 5211100, 1, SizeMetres, SizeMetres);
    private static readonly GroundOptions Options = new() { NoiseMetres = 0.1 };

    private static readonly (double X, double Y, double Half, double Height)[] Houses =
        [(40, 40, 8, 6), (90, 50, 12, 9), (60, 110, 5, 4), (120, 118, 14, 11)];

    private static readonly (double X, double Y, double Radius)[] Trees = [(20, 80, 2.5), (24, 84, 3), (75, 82, 2), (130, 30, 4), (104, 96, 3)];

    [Fact]
    public void Nearly_all_points_are_told_rightly_on_hills_with_houses_and_trees()
    {
        (PointCloud cloud, bool[] isGround) = Village();
        byte[] classes = Ground(cloud, 0, 0, SizeMetres).Classify(cloud);
        double recall = Share(classes, isGround, ofGround: true, GroundSurface.GroundClass);
        double found = Share(classes, isGround, ofGround: false, GroundSurface.OtherClass);
        Assert.True(recall > 0.98, $"{recall:P2} of the ground is told to be ground");
        Assert.True(found > 0.97, $"{found:P2} of what stands on it is told not to be");
    }

    [Fact]
    public void The_ground_under_a_house_is_that_around_it()
    {
        (PointCloud cloud, _) = Village();
        GroundSurface ground = Ground(cloud, 0, 0, SizeMetres);
        foreach ((double x, double y, _, _) in Houses)
        {
            Assert.Equal(HeightOf(x, y), ground.HeightAt(Grid.West + x, Grid.North - y), 0.6);
        }
    }

    [Fact]
    public void A_steep_even_slope_is_ground_up_to_the_survey_s_edge()
    {
        PointCloud slope = CloudOf((x, y) => 400 + (0.8 * x) - (0.3 * y), new Random(3), below: 0);
        int margin = GroundFilter.MarginCells(Options, 1);
        byte[] classes = Ground(slope, -margin, -margin, SizeMetres + (2 * margin)).Classify(slope);
        Assert.True(classes.Count(value => value == GroundSurface.GroundClass) > 0.99 * classes.Length);
    }

    [Fact]
    public void Points_far_below_the_ground_do_not_pull_it_down()
    {
        PointCloud cloud = CloudOf(HeightOf, new Random(5), below: 0.02);
        GroundSurface ground = Ground(cloud, 0, 0, SizeMetres);
        var errors = new List<double>();
        for (int y = 10; y < SizeMetres - 10; y++)
        {
            for (int x = 10; x < SizeMetres - 10; x++)
            {
                errors.Add(Math.Abs(ground.HeightAt(Grid.West + x, Grid.North - y) - HeightOf(x, y)));
            }
        }

        errors.Sort();
        Assert.True(errors[(int)(0.99 * errors.Count)] < Options.ThresholdMetres, $"{errors[(int)(0.99 * errors.Count)]} m");
    }

    [Fact]
    public void A_hall_wider_than_the_window_is_ground_until_it_is_checked_again()
    {
        PointCloud cloud = CloudOf((x, y) => HeightOf(x, y) + (IsHall(x, y) ? 9 : 0), new Random(7), below: 0);
        var narrow = new GroundOptions { NoiseMetres = 0.1, WindowMetres = 12 };
        Assert.Equal(HeightOf(80, 75) + 9, Ground(cloud, 0, 0, SizeMetres, narrow).HeightAt(Grid.West + 80, Grid.North - 75), 1.0);
        GroundSurface rectified = Ground(cloud, 0, 0, SizeMetres, narrow with { Rectify = true });
        Assert.Equal(HeightOf(80, 75), rectified.HeightAt(Grid.West + 80, Grid.North - 75), 1.5);
        byte[] classes = rectified.Classify(cloud);
        for (int i = 0; i < classes.Length; i++)
        {
            bool isHall = IsHall(cloud.Positions[3 * i], -cloud.Positions[(3 * i) + 1]);
            Assert.False(isHall && classes[i] == GroundSurface.GroundClass);
        }

        Assert.True(classes.Count(value => value == GroundSurface.GroundClass) > 0.97 * (SizeMetres * SizeMetres - (40 * 36)) / (Spacing * Spacing));
    }

    [Fact]
    public void Nothing_of_a_hilly_ground_is_lost_when_it_is_checked_again()
    {
        PointCloud cloud = CloudOf(HeightOf, new Random(9), below: 0);
        byte[] classes = Ground(cloud, 0, 0, SizeMetres, Options with { Rectify = true }).Classify(cloud);
        Assert.True(classes.Count(value => value == GroundSurface.GroundClass) > 0.99 * classes.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Windows_agree_where_both_know_enough_around(bool rectify)
    {
        (PointCloud cloud, _) = Village();
        var narrow = new GroundOptions { NoiseMetres = 0.1, WindowMetres = 4, Rectify = rectify };
        int margin = GroundFilter.MarginCells(narrow, 1);
        GroundSurface left = Ground(cloud, -margin, -margin, 80 + (2 * margin), narrow);
        GroundSurface whole = Ground(cloud, -200, -200, SizeMetres + 400, narrow);
        for (int y = 2; y < 78; y += 3)
        {
            for (int x = 2; x < 78; x += 3)
            {
                Assert.Equal(whole.HeightAt(Grid.West + x, Grid.North - y), left.HeightAt(Grid.West + x, Grid.North - y));
            }
        }
    }

    private static bool IsHall(double x, double y) => x is > 60 and < 100 && y is > 57 and < 93;

    private static double HeightOf(double x, double y) => 400 + (3 * Math.Sin(x / 25)) + (2 * Math.Cos(y / 30)) + (0.05 * x);

    private static GroundSurface Ground(PointCloud cloud, int x, int y, int size, GroundOptions? options = null)
    {
        var window = SurfaceWindow.Assemble(
            Grid, new CellRectangle(x, y, size, size), [LowSurface.Of(Grid.Tiles(SizeMetres)[0], cloud)]);
        return GroundFilter.Filter(window, options ?? Options, CancellationToken.None);
    }

    private static double Share(byte[] classes, bool[] isGround, bool ofGround, byte wanted) =>
        classes.Where((value, i) => isGround[i] == ofGround && value == wanted).Count() / (double)isGround.Count(value => value == ofGround);

    private static (PointCloud Cloud, bool[] IsGround) Village()
    {
        var isGround = new List<bool>();
        PointCloud cloud = CloudOf(
            (x, y) =>
            {
                double height = HeightOf(x, y);
                double top = height;
                foreach ((double hx, double hy, double half, double rise) in Houses)
                {
                    top = Math.Abs(x - hx) < half && Math.Abs(y - hy) < 0.7 * half ? Math.Max(top, HeightOf(hx, hy) + rise) : top;
                }

                foreach ((double tx, double ty, double radius) in Trees)
                {
                    double inside = 1 - ((((x - tx) * (x - tx)) + ((y - ty) * (y - ty))) / (radius * radius));
                    top = inside > 0 ? Math.Max(top, HeightOf(tx, ty) + radius + (radius * Math.Sqrt(inside))) : top;
                }

                isGround.Add(top <= height);
                return top;
            },
            new Random(1),
            below: 0);
        return (cloud, [.. isGround]);
    }

    /// <param name="height">Of the surface.</param>
    /// <param name="random">Scatters the points.</param>
    /// <param name="below">Share of points that lie up to 8 metres too low.</param>
    private static PointCloud CloudOf(Func<double, double, double> height, Random random, double below)
    {
        var positions = new List<float>();
        for (double y = 0; y < SizeMetres; y += Spacing)
        {
            for (double x = 0; x < SizeMetres; x += Spacing)
            {
                double px = x + (random.NextDouble() * Spacing);
                double py = y + (random.NextDouble() * Spacing);
                double noise = Noise * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2;
                double drop = random.NextDouble() < below ? 8 * random.NextDouble() : 0;
                positions.AddRange([(float)px, (float)-py, (float)(height(px, py) + noise - drop - 400)]);
            }
        }

        int count = positions.Count / 3;
        return new PointCloud
        {
            Origin = new Vector3D(Grid.West, Grid.North, 400), Positions = [.. positions], Normals = new float[3 * count],
            Colors = new byte[3 * count], Views = new byte[count],
        };
    }
}
