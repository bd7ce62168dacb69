using OdmNode.Features.Pairing;
using OdmNode.Geometry.Geodesy;

namespace OdmNode.UnitTests.Features;

public class PairSelectorTests
{
    private const double MetresPerDegree = 111_000;

    [Fact]
    public void Without_positions_every_pair_is_matched() =>
        Assert.Equal(40 * 39 / 2, PairSelector.Select([.. Enumerable.Repeat(new PhotoPlace(null, 0.85, 0.75), 40)], new PairOptions()).Count);

    [Fact]
    public void Small_surveys_are_matched_completely() =>
        Assert.Equal(18 * 17 / 2, PairSelector.Select(Block(6, 3), new PairOptions()).Count);

    [Fact]
    public void The_number_of_pairs_grows_with_the_number_of_photos()
    {
        int small = PairSelector.Select(Block(20, 20), new PairOptions()).Count;
        int large = PairSelector.Select(Block(40, 40), new PairOptions()).Count;
        Assert.InRange(large / (double)small, 3.5, 4.6);
    }

    [Fact]
    public void Neighbours_in_the_block_are_always_paired()
    {
        HashSet<ImagePair> pairs = [.. PairSelector.Select(Block(12, 12), new PairOptions())];
        for (int row = 0; row < 11; row++)
        {
            for (int column = 0; column < 11; column++)
            {
                int i = (12 * row) + column;
                Assert.Contains(new ImagePair(i, i + 1), pairs);
                Assert.Contains(new ImagePair(i, i + 12), pairs);
                Assert.Contains(new ImagePair(i, i + 13), pairs);
            }
        }
    }

    [Fact]
    public void A_photo_without_position_is_paired_with_all_and_the_others_keep_their_neighbours()
    {
        PhotoPlace[] block = Block(10, 10);
        block[5] = block[5] with { Position = null };
        IReadOnlyList<ImagePair> pairs = PairSelector.Select(block, new PairOptions { Neighbors = 4 });
        Assert.Equal(99, pairs.Count(pair => pair.A == 5 || pair.B == 5));
        Assert.InRange(pairs.Count, 200, 500);
    }

    [Fact]
    public void Every_photo_has_at_least_the_neighbours_asked_for()
    {
        IReadOnlyList<ImagePair> pairs = PairSelector.Select(Block(7, 7), new PairOptions { Neighbors = 6 });
        for (int i = 0; i < 49; i++)
        {
            Assert.True(pairs.Count(pair => pair.A == i || pair.B == i) >= 6);
        }
    }

    [Fact]
    public void Clusters_from_one_spot_are_joined()
    {
        // Thirty photos from each of two places: all neighbours of a photo are in its own cluster.
        PhotoPlace[] photos = [.. Enumerable.Range(0, 60).Select(i => At(i < 30 ? 0 : 5000, 0.01 * i))];
        IReadOnlyList<ImagePair> pairs = PairSelector.Select(photos, new PairOptions());
        Assert.Contains(pairs, pair => pair.A < 30 && pair.B >= 30);
    }

    [Fact]
    public void Photos_at_one_position_and_unknown_heights_do_no_harm()
    {
        PhotoPlace[] photos = [.. Enumerable.Range(0, 40).Select(_ => At(0, 0) with { Position = new GeodeticPosition(46, 9, double.NaN) })];
        Assert.NotEmpty(PairSelector.Select(photos, new PairOptions()));
    }

    [Fact]
    public void Pairs_come_in_order_and_once()
    {
        IReadOnlyList<ImagePair> pairs = PairSelector.Select(Block(9, 9), new PairOptions());
        Assert.Equal(pairs.Distinct().OrderBy(p => p.A).ThenBy(p => p.B), pairs);
        Assert.All(pairs, pair => Assert.True(pair.A < pair.B));
    }

    // Photos every 30 m along and across.
    private static PhotoPlace[] Block(int columns, int rows) =>
        [.. Enumerable.Range(0, columns * rows).Select(i => At(30 * (i % columns), 30 * (i / columns)))];

    private static PhotoPlace At(double east, double north) => new(
        new GeodeticPosition(46 + (north / MetresPerDegree), 9 + (east / (MetresPerDegree * Math.Cos(46 * Math.PI / 180))), 180), 0.7, 0.75);
}
