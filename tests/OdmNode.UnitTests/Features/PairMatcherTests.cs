using OdmNode.Core.Errors;
using OdmNode.Features.Detection;
using OdmNode.Features.Matching;
using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Native.Kernels;
using OdmNode.UnitTests.Geometry.TwoView;

namespace OdmNode.UnitTests.Features;

public class PairMatcherTests
{
    private static readonly BrownCamera Camera = new()
    {
        Width = 4000,
        Height = 3000,
        FocalX = 2000,
        FocalY = 2000,
        CenterX = 2000,
        CenterY = 1500,
        K1 = -0.02,
    };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 17)]
    [InlineData(50, 33)]
    [InlineData(0, 5)]
    public void Every_instruction_set_agrees_with_a_plain_search(int countA, int countB)
    {
        byte[] a = RandomDescriptors(countA, 1);
        byte[] b = RandomDescriptors(countB, 2);
        for (InstructionSet isa = InstructionSet.Scalar; isa <= MatchKernel.BestInstructionSet; isa++)
        {
            (NearestTwo inB, NearestTwo inA) = MatchKernel.FindNearest(a, b, isa, CancellationToken.None);
            AssertNearest(a, b, inB);
            AssertNearest(b, a, inA);
        }
    }

    [Fact]
    public void Matches_must_be_mutual_and_distinct()
    {
        byte[] one = RandomDescriptors(6, 3);
        // B holds A in reverse, with A's first descriptor twice: that one is ambiguous.
        byte[] two = [.. Enumerable.Range(0, 6).Reverse().SelectMany(i => one[(128 * i)..(128 * (i + 1))]), .. one[..128]];
        int[] matches = DescriptorMatcher.Match(SetOf(one), SetOf(two), 0.8, CancellationToken.None);
        Assert.Equal([1, 4, 2, 3, 3, 2, 4, 1, 5, 0], matches);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.1)]
    public void A_pair_with_outliers_keeps_its_true_matches_and_finds_its_pose(double focalError)
    {
        var scene = new TwoViewScene(21, 200, noise: 0.0002);
        (FeatureSet a, FeatureSet b) = SeenBy(scene, Camera);
        PutativeMatches matches = WithOutliers(200, 80);
        BrownCamera assumed = Camera with { FocalX = 2000 * focalError, FocalY = 2000 * focalError };

        PairMatches pair = TwoViewVerifier.Verify(
            a, assumed, b, assumed, "a.jpg", "b.jpg", matches, new MatchOptions(), CancellationToken.None);

        Assert.NotEqual(TwoViewKind.None, pair.Kind);
        int right = Enumerable.Range(0, pair.Count).Count(i => pair.Indices[2 * i] == pair.Indices[(2 * i) + 1]);
        Assert.InRange(right, 115, 120);
        Assert.InRange(pair.Count - right, 0, 8);
        if (focalError == 1.0)
        {
            TwoViewSolverTests.AssertSamePose(scene.BFromA, pair.BFromA, 0.01);
            Assert.Equal(TwoViewKind.Essential, pair.Kind);
        }
    }

    [Fact]
    public void A_camera_that_only_turned_is_told_from_one_that_moved()
    {
        var scene = new TwoViewScene(22, 200, turnedOnly: true, noise: 0.0001);
        (FeatureSet a, FeatureSet b) = SeenBy(scene, Camera);
        PairMatches pair = TwoViewVerifier.Verify(
            a, Camera, b, Camera, "a.jpg", "b.jpg", WithOutliers(200, 20), new MatchOptions(), CancellationToken.None);
        Assert.Equal(TwoViewKind.Homography, pair.Kind);
    }

    [Fact]
    public void A_pair_of_fisheye_photos_finds_its_pose_from_rays_up_to_beside_the_cameras()
    {
        var random = new Random(5);
        var bFromA = new RigidTransform(Rotations.FromAxisAngle(new Vector3D(0.1, -0.2, 0.5)), new Vector3D(0.8, 0.5, 0.33).Normalized());
        (FeatureSet a, FeatureSet b) = FisheyePair(bFromA, random);
        PairMatches pair = TwoViewVerifier.Verify(
            a, Fisheye, b, Fisheye, "a.jpg", "b.jpg", WithOutliers(200, 80), new MatchOptions(), CancellationToken.None);
        Assert.Equal(TwoViewKind.Essential, pair.Kind);
        int right = Enumerable.Range(0, pair.Count).Count(i => pair.Indices[2 * i] == pair.Indices[(2 * i) + 1]);
        Assert.InRange(right, 115, 120);
        Assert.InRange(pair.Count - right, 0, 8);
        TwoViewSolverTests.AssertSamePose(bFromA, pair.BFromA, 0.01);
    }

    [Fact]
    public void A_fisheye_camera_that_only_turned_is_told_from_one_that_moved()
    {
        var bFromA = new RigidTransform(Rotations.FromAxisAngle(new Vector3D(0.1, -0.2, 0.5)), Vector3D.Zero);
        (FeatureSet a, FeatureSet b) = FisheyePair(bFromA, new Random(6));
        PairMatches pair = TwoViewVerifier.Verify(
            a, Fisheye, b, Fisheye, "a.jpg", "b.jpg", WithOutliers(200, 20), new MatchOptions(), CancellationToken.None);
        Assert.Equal(TwoViewKind.Homography, pair.Kind);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(100)]
    [InlineData(400)]
    public void Random_matches_are_rejected(int count)
    {
        for (ulong seed = 0; seed < 5; seed++)
        {
            var scene = new TwoViewScene(23 + seed, count);
            (FeatureSet a, FeatureSet b) = SeenBy(scene, Camera);
            PairMatches pair = TwoViewVerifier.Verify(
                a, Camera, b, Camera, "a.jpg", $"{seed}.jpg", WithOutliers(count, count), new MatchOptions(), CancellationToken.None);
            Assert.Equal(TwoViewKind.None, pair.Kind);
            Assert.Empty(pair.Indices);
        }
    }

    [Fact]
    public void Few_matches_that_chance_would_not_make_are_enough()
    {
        var scene = new TwoViewScene(25, 30, noise: 0.0002);
        (FeatureSet a, FeatureSet b) = SeenBy(scene, Camera);
        PairMatches pair = TwoViewVerifier.Verify(
            a, Camera, b, Camera, "a.jpg", "b.jpg", WithOutliers(30, 12), new MatchOptions(), CancellationToken.None);
        Assert.Equal(TwoViewKind.Essential, pair.Kind);
        Assert.InRange(pair.Count, 17, 20);
    }

    [Fact]
    public void A_geometry_picks_the_true_ones_out_of_the_loose_matches()
    {
        // 40 distinct matches, of which 20 are right, and 500 loose ones besides, of which 60 are right.
        var scene = new TwoViewScene(26, 540, noise: 0.0002);
        (FeatureSet a, FeatureSet b) = SeenBy(scene, Camera);
        bool IsRight(int i) => i < 20 || i is >= 40 and < 100;
        int[] loose = [.. Enumerable.Range(0, 540).SelectMany(i => (int[])[i, IsRight(i) ? i : ((i * 7) + 13) % 540])];
        PairMatches pair = TwoViewVerifier.Verify(
            a, Camera, b, Camera, "a.jpg", "b.jpg", new PutativeMatches(loose[..80], loose), new MatchOptions(), CancellationToken.None);
        int right = Enumerable.Range(0, pair.Count).Count(i => pair.Indices[2 * i] == pair.Indices[(2 * i) + 1]);
        Assert.InRange(right, 75, 80);
        Assert.InRange(pair.Count - right, 0, 15);
        TwoViewSolverTests.AssertSamePose(scene.BFromA, pair.BFromA, 0.02);
    }

    [Fact]
    public void Verification_is_the_same_on_every_run_and_reads_back_as_written()
    {
        var scene = new TwoViewScene(24, 150, noise: 0.0002);
        (FeatureSet a, FeatureSet b) = SeenBy(scene, Camera);
        PairMatches Run() => TwoViewVerifier.Verify(
            a, Camera, b, Camera, "a.jpg", "b.jpg", WithOutliers(150, 50), new MatchOptions(), CancellationToken.None);
        using var first = new MemoryStream();
        using var second = new MemoryStream();
        Run().Write(first);
        Run().Write(second);
        Assert.Equal(first.ToArray(), second.ToArray());

        first.Position = 0;
        PairMatches back = PairMatches.Read(first);
        Assert.Equal(Run().Indices, back.Indices);
        Assert.Equal(Run() with { Indices = back.Indices }, back);
        using var cut = new MemoryStream(second.ToArray(), 0, (int)second.Length - 3);
        Assert.Equal(ErrorKind.BadInput, Assert.Throws<OdmException>(() => PairMatches.Read(cut)).Kind);
    }

    // Match i is right for i >= outliers; the first ones go to a neighbour.
    private static PutativeMatches WithOutliers(int count, int outliers)
    {
        int[] matches = [.. Enumerable.Range(0, count).SelectMany(i => (int[])[i, i < outliers ? ((i * 7) + 13) % count : i])];
        return new PutativeMatches(matches, matches);
    }

    private static readonly FisheyeCamera Fisheye = new()
    {
        Width = 4000, Height = 3000, FocalX = 1250, FocalY = 1250, CenterX = 2000, CenterY = 1500, K1 = 0.03, K2 = -0.01,
    };

    // Points all around, from straight ahead to 85 degrees off the axis of A.
    private static (FeatureSet A, FeatureSet B) FisheyePair(RigidTransform bFromA, Random random)
    {
        var inA = new Vector2D[200];
        var inB = new Vector2D[200];
        for (int i = 0; i < inA.Length; i++)
        {
            (double sinAngle, double cosAngle) = Math.SinCos(85 * Math.PI / 180 * Math.Sqrt(random.NextDouble()));
            (double sin, double cos) = Math.SinCos(2 * Math.PI * random.NextDouble());
            Vector3D point = (3 + (3 * random.NextDouble())) * new Vector3D(sinAngle * cos, sinAngle * sin, cosAngle);
            inA[i] = Fisheye.Project(point) + new Vector2D(random.NextDouble() - 0.5, random.NextDouble() - 0.5);
            inB[i] = Fisheye.Project(bFromA * point) + new Vector2D(random.NextDouble() - 0.5, random.NextDouble() - 0.5);
        }

        return (SetOf(inA), SetOf(inB));
    }

    private static (FeatureSet A, FeatureSet B) SeenBy(TwoViewScene scene, Camera camera) =>
        (SetOf([.. scene.A.Select(camera.Project)]), SetOf([.. scene.B.Select(camera.Project)]));

    private static FeatureSet SetOf(Vector2D[] pixels)
    {
        int n = pixels.Length;
        return new FeatureSet(
            Camera.Width,
            Camera.Height,
            [.. pixels.Select(p => (float)p.X)],
            [.. pixels.Select(p => (float)p.Y)],
            new float[n],
            new float[n],
            new byte[3 * n],
            new byte[128 * n]);
    }

    private static FeatureSet SetOf(byte[] descriptors)
    {
        int n = descriptors.Length / 128;
        return new FeatureSet(100, 100, new float[n], new float[n], new float[n], new float[n], new byte[3 * n], descriptors);
    }

    private static byte[] RandomDescriptors(int count, int seed)
    {
        byte[] bytes = new byte[128 * count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static void AssertNearest(byte[] from, byte[] to, NearestTwo found)
    {
        for (int i = 0; i < from.Length / 128; i++)
        {
            (int Distance, int Index)[] ordered = [.. Enumerable.Range(0, to.Length / 128)
                .Select(j => (Enumerable.Range(0, 128).Sum(k => (from[(128 * i) + k] - to[(128 * j) + k]) * (from[(128 * i) + k] - to[(128 * j) + k])), j))
                .Order()];
            if (ordered.Length == 0)
            {
                Assert.Equal(-1, found.Index[i]);
                continue;
            }

            Assert.Equal(ordered[0].Index, found.Index[i]);
            Assert.Equal(ordered[0].Distance, found.Best[i]);
            Assert.Equal(ordered.Length > 1 ? ordered[1].Distance : int.MaxValue, found.Second[i]);
        }
    }
}
