using OdmNode.Dense.Texturing;
using OdmNode.Geometry.Linear;
using OdmNode.Imaging.Buffers;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Dense.Texturing;

public sealed class TexturingTests
{
    private static readonly TexturingOptions Options = RoofScene.Options;

    [Fact]
    public void Every_face_that_a_photo_sees_has_the_colour_of_the_ground_there()
    {
        var scene = new RoofScene((-2, 0, 0, false), (2, 0, 0, false));
        SortedDictionary<int, (int View, byte[] Color)> colors = scene.Colors(scene.Plan(Options), Options);
        int seen = 0;
        foreach ((int face, (int view, byte[] color)) in colors.Where(entry => entry.Value.View != TextureChart.NoView))
        {
            double[] truth = RoofScene.Truth(scene.Middle(face));
            for (int channel = 0; channel < 3; channel++)
            {
                Assert.True(Math.Abs(color[channel] - truth[channel]) <= 6, $"Face at {scene.Middle(face)}, view {view}, channel {channel}");
            }

            seen++;
        }

        Assert.True(seen > 0.9 * scene.Mesh.TriangleCount);
    }

    [Fact]
    public void A_view_whose_sight_is_blocked_is_never_used()
    {
        var scene = new RoofScene((-2, 0, 0, false), (2, 0, 0, false));
        foreach (TextureChart chart in scene.Plan(Options).Charts.Where(chart => chart.View != TextureChart.NoView))
        {
            foreach (int face in chart.Faces)
            {
                Vector3D middle = scene.Middle(face);
                bool blocked = middle.Z < 1 && RoofScene.IsUnderRoof(middle, scene.Views[chart.View].Center, 0.15);
                Assert.False(blocked, $"Face at {middle} from view {chart.View}");
            }
        }
    }

    [Fact]
    public void A_car_that_only_one_photo_shows_is_not_painted()
    {
        var scene = new RoofScene((-2, -2, 0, true), (-1, -2, 0, false), (0, -2, 0, false), (-2, -1, 0, false));
        SortedDictionary<int, (int View, byte[] Color)> colors = scene.Colors(scene.Plan(Options), Options);
        int[] where = [.. colors.Keys.Where(face =>
            scene.Middle(face) is { Z: < 1 } middle && Math.Abs(middle.X + 4) < 0.9 && Math.Abs(middle.Y + 4) < 0.9)];
        Assert.NotEmpty(where);
        Assert.All(where, face => Assert.InRange(colors[face].Color[0], 0, 180));
    }

    [Fact]
    public void Levelling_takes_the_step_of_brightness_from_seams()
    {
        var scene = new RoofScene((-2, 0, 0, false), (2, 0, 30, false));
        double rough = StepAtSeams(scene, Options with { LevelSeams = false });
        double level = StepAtSeams(scene, Options);
        Assert.InRange(rough, 24, 36);
        Assert.InRange(level, 0, 5);
    }

    [Fact]
    public void Faces_that_no_photo_sees_are_dropped_unless_asked_for_or_in_a_small_hole()
    {
        var scene = new RoofScene((-2, 0, 0, false), (2, 0, 0, false));
        int FacesOf(TexturingOptions options) => scene.Plan(options).Charts.Sum(chart => chart.Faces.Length);
        int seen = FacesOf(Options with { LargestHoleFaces = 0 });
        Assert.True(seen < scene.Mesh.TriangleCount);
        Assert.True(FacesOf(Options) > seen);
        Assert.Equal(scene.Mesh.TriangleCount, FacesOf(Options with { KeepUnseen = true, LargestHoleFaces = 0 }));
    }

    [Fact]
    public void A_face_that_no_photo_sees_takes_on_the_colour_around_it()
    {
        var scene = new RoofScene((-2, 0, 0, false), (2, 0, 0, false));
        TexturingOptions options = Options with { KeepUnseen = true };
        byte[][] unseen = [.. scene.Colors(scene.Plan(options), options)
            .Where(entry => entry.Value.View == TextureChart.NoView && scene.Middle(entry.Key) is { X: > -1 and < 1, Y: > -1 and < 1 })
            .Select(entry => entry.Value.Color)];
        Assert.NotEmpty(unseen);

        // What is hidden lies within 1.6 m of the middle: green is 100 + 40 cos y, blue 90 ± 20; the roof above has 60 in both.
        Assert.All(unseen, color => Assert.InRange(color[1], 97, 142));
        Assert.All(unseen, color => Assert.InRange(color[2], 68, 112));
    }

    [Fact]
    public void Charts_do_not_overlap_and_stay_on_their_atlas()
    {
        var scene = new RoofScene((-2, 0, 0, false), (2, 0, 0, false));
        TexturePlan plan = scene.Plan(Options with { AtlasSide = 256, MostTexels = 100_000 });
        var taken = new HashSet<(int, int, int)>();
        for (int i = 0; i < plan.Charts.Count; i++)
        {
            ChartPlace place = plan.Layout.Places[i];
            (int width, int height) = plan.Layout.Atlases[place.Atlas];
            Assert.True(place.X + place.Width <= width && place.Y + place.Height <= height && width <= 256 && height <= 256);
            for (int texel = 0; texel < place.Width * place.Height; texel++)
            {
                Assert.True(taken.Add((place.Atlas, place.X + (texel % place.Width), place.Y + (texel / place.Width))));
            }

            foreach (int face in plan.Charts[i].Faces)
            {
                Vector2D texel = plan.TexelOf(i, 3 * face);
                Assert.InRange(texel.X, place.X + Options.Padding, place.X + place.Width - Options.Padding);
                Assert.InRange(texel.Y, place.Y + Options.Padding, place.Y + place.Height - Options.Padding);
            }
        }
    }

    [Fact]
    public void A_face_smaller_than_a_texel_is_painted_too()
    {
        var scene = new RoofScene((-2, 0, 0, false))
        {
            Mesh = new TriangleMesh { Origin = new Vector3D(-4, 3, 0), Positions = [0, 0, 0, 0.01f, 0, 0, 0, 0.01f, 0], Triangles = [0, 1, 2] },
        };
        double[] truth = RoofScene.Truth(scene.Middle(0));
        byte[] color = Assert.Single(scene.Colors(scene.Plan(Options), Options)).Value.Color;
        Assert.All(Enumerable.Range(0, 3), channel => Assert.InRange(color[channel], truth[channel] - 6, truth[channel] + 6));
    }

    [Fact]
    public void A_single_atlas_holds_everything_when_asked_for()
    {
        var scene = new RoofScene((-2, 0, 0, false), (2, 0, 0, false));
        TexturingOptions small = Options with { AtlasSide = 200 };
        Assert.True(scene.Plan(small).Layout.Atlases.Count > 1);
        Assert.Single(scene.Plan(small with { SingleAtlas = true }).Layout.Atlases);

        // Fewer texels than the paddings alone take.
        Assert.Single(scene.Plan(small with { SingleAtlas = true, AtlasSide = 16, MostTexels = 100 }).Layout.Atlases);
    }

    [Fact]
    public void The_texture_is_the_same_on_any_number_of_cores()
    {
        var scene = new RoofScene((-2, 0, 0, false), (2, 0, 10, false), (0, 2, 5, false));
        TexturePlan plan = scene.Plan(Options);
        ImageBuffer one = scene.Paint(plan, Options, 1);
        ImageBuffer many = scene.Paint(scene.Plan(Options), Options, 4);
        Assert.Equal(one.Pixels, many.Pixels);
    }

    [Fact]
    public void A_vertex_has_one_place_on_the_texture_within_a_chart()
    {
        var scene = new RoofScene((-2, 0, 0, false), (2, 0, 0, false));
        TexturedMesh model = scene.Plan(Options).Texture(scene.Mesh);
        Assert.True(model.PlaceCount < model.PlaceOfCorner.Length / 2);
        Assert.Equal(model.Mesh.Triangles, model.PlaceOfCorner.Select(place => model.VertexOfPlace[place]));
        Assert.All(model.Places, place => Assert.InRange(place, 0, 1));
    }

    [Fact]
    public void Scores_read_from_a_checkpoint_are_those_written()
    {
        FaceScore[] scores = [new(3, 12.5f, 0.25f, 10, 20, 30), new(7, 1, 0, 1, 2, 3)];
        using var stream = new MemoryStream();
        FaceScoreFormat.Write(scores, stream);
        stream.Position = 0;
        Assert.Equal(scores, FaceScoreFormat.Read(stream));
        stream.Position = 0;
        stream.Write([255, 255, 255, 255]);
        stream.Position = 0;
        Assert.Throws<InvalidDataException>(() => FaceScoreFormat.Read(stream));
    }

    /// <summary>Mean difference between the errors of two faces that share an edge and not a photo.</summary>
    private static double StepAtSeams(RoofScene scene, TexturingOptions options)
    {
        SortedDictionary<int, (int View, byte[] Color)> colors = scene.Colors(scene.Plan(options), options);
        int[] neighbours = FaceNeighbours.Of(scene.Mesh);
        var steps = new List<double>();
        foreach ((int face, (int view, byte[] color)) in colors)
        {
            for (int e = 0; e < 3; e++)
            {
                int other = neighbours[(3 * face) + e];
                if (other > face && colors.TryGetValue(other, out (int View, byte[] Color) beside)
                    && view != beside.View && view != TextureChart.NoView && beside.View != TextureChart.NoView)
                {
                    double error = color[1] - RoofScene.Truth(scene.Middle(face))[1];
                    steps.Add(Math.Abs(error - (beside.Color[1] - RoofScene.Truth(scene.Middle(other))[1])));
                }
            }
        }

        return steps.Average();
    }
}
