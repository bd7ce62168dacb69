using OdmNode.Sfm;
using OdmNode.Sfm.Tracks;

namespace OdmNode.UnitTests.Sfm;

public class TrackBuilderTests
{
    [Fact]
    public void Matches_of_three_pairs_become_one_track()
    {
        TrackSet tracks = TrackBuilder.Build([3, 3, 3], [Pair(0, 1, 2, 1), Pair(1, 2, 1, 0), Pair(0, 2, 2, 0)]);
        Assert.Equal([0, 3], tracks.Offsets);
        Assert.Equal([0, 1, 2], tracks.Photos);
        Assert.Equal([2, 1, 0], tracks.Features);
    }

    [Fact]
    public void A_match_that_would_put_two_features_of_a_photo_into_a_track_is_left_out()
    {
        // The stronger pairs (0, 1) and (1, 2) come first; (0, 2) then says that feature 1 of photo 0 is the same point too.
        TrackSet tracks = TrackBuilder.Build(
            [3, 3, 3], [Pair(0, 2, 1, 0), Pair(0, 1, 0, 0, 2, 2), Pair(1, 2, 0, 0, 2, 2)]);
        Assert.Equal(2, tracks.Count);
        for (int track = 0; track < tracks.Count; track++)
        {
            int[] photos = tracks.Photos[tracks.Offsets[track]..tracks.Offsets[track + 1]];
            Assert.Equal(photos.Distinct(), photos);
        }

        Assert.Equal([0, 0, 0, 2, 2, 2], tracks.Features);
    }

    [Fact]
    public void No_matches_give_no_tracks()
    {
        Assert.Equal(0, TrackBuilder.Build([5, 0], []).Count);
    }

    private static SfmPair Pair(int first, int second, params int[] matches) => new(first, second, matches, null);
}
