using System.Runtime.Intrinsics;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Texturing;

/// <summary>Which photo colours which face, where on the atlases, and what is added to its colours.</summary>
public sealed class TexturePlan
{
    private readonly TexturingOptions options;
    private readonly Vector2D[] pixels;
    private readonly SeamLeveller leveller;
    private readonly float[] unseenColors;

    private TexturePlan(
        TriangleMesh world,
        IReadOnlyList<TextureChart> charts,
        AtlasLayout layout,
        Vector2D[] pixels,
        SeamLeveller leveller,
        float[] unseenColors,
        TexturingOptions options)
    {
        World = world;
        Charts = charts;
        Layout = layout;
        this.pixels = pixels;
        this.leveller = leveller;
        this.unseenColors = unseenColors;
        this.options = options;
    }

    public TriangleMesh World { get; }

    public IReadOnlyList<TextureChart> Charts { get; }

    public AtlasLayout Layout { get; }

    /// <param name="world">The mesh in the frame of the cameras.</param>
    /// <param name="views">All placed photos.</param>
    /// <param name="scores">What <see cref="ViewScorer"/> found for each view.</param>
    /// <param name="options">Limits and switches.</param>
    /// <param name="cancellationToken">Asked between the steps.</param>
    public static TexturePlan Of(
        TriangleMesh world,
        IReadOnlyList<TextureView> views,
        IReadOnlyList<FaceScore[]> scores,
        TexturingOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(options);
        int[] neighbours = FaceNeighbours.Of(world);
        Candidates candidates = Candidates.Of(world.TriangleCount, scores);
        int[] labels = ViewLabeller.Label(
            candidates, neighbours, DataCost.Of(candidates, options), options.SeamCost, cancellationToken);
        var pixels = new Vector2D[world.Triangles.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            if (labels[i / 3] >= 0)
            {
                TextureView view = views[labels[i / 3]];
                view.TryProject(view.ToCamera(world.PointOf(world.Triangles[i])), out pixels[i]);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        var builder = new ChartBuilder(labels, pixels);
        List<TextureChart> charts = builder.Connect(neighbours);
        charts.AddRange(builder.Unseen(UnseenFaces.Kept(labels, neighbours, options)));
        SeamLeveller leveller = SeamLeveller.Solve(world, labels, candidates, options.LevelSeams, cancellationToken);
        float[] unseenColors = UnseenColors.Of(world, labels, candidates);
        return new TexturePlan(world, charts, AtlasLayout.Of(charts, options), pixels, leveller, unseenColors, options);
    }

    /// <summary>Position of a corner on its atlas, texels.</summary>
    public Vector2D TexelOf(int chart, int corner)
    {
        ChartPlace place = Layout.Places[chart];
        return new Vector2D(place.X, place.Y) + TexelInChart(chart, corner);
    }

    /// <summary>The part of the mesh that has a texture, in map coordinates, ordered by atlas.</summary>
    public TexturedMesh Texture(TriangleMesh map)
    {
        ArgumentNullException.ThrowIfNull(map);
        var builder = new TexturedMeshBuilder(map);
        foreach (int chart in Enumerable.Range(0, Charts.Count).OrderBy(i => Layout.Places[i].Atlas))
        {
            int atlas = Layout.Places[chart].Atlas;
            (int width, int height) = Layout.Atlases[atlas];
            builder.BeginChart();
            foreach (int face in Charts[chart].Faces)
            {
                builder.BeginFace(atlas);
                for (int corner = 3 * face; corner < (3 * face) + 3; corner++)
                {
                    Vector2D texel = TexelOf(chart, corner);
                    builder.Add(map.Triangles[corner], (float)(texel.X / width), (float)(texel.Y / height));
                }
            }
        }

        return builder.Build();
    }

    /// <summary>Position of a corner from the corner of its chart's padding.</summary>
    internal Vector2D TexelInChart(int chart, int corner) => new(
        ((pixels[corner].X - Charts[chart].Left) * Layout.Scale) + options.Padding + 0.5,
        ((pixels[corner].Y - Charts[chart].Top) * Layout.Scale) + options.Padding + 0.5);

    /// <summary>A face on the picture of its chart.</summary>
    internal ScreenTriangle TriangleOf(int chart, int face) =>
        new(TexelInChart(chart, 3 * face), TexelInChart(chart, (3 * face) + 1), TexelInChart(chart, (3 * face) + 2));

    /// <summary>What is added to red, green and blue of the photo at a corner.</summary>
    internal Vector128<float> OffsetAt(int corner)
    {
        int node = 3 * leveller.NodeOfCorner[corner];
        return Vector128.Create(leveller.Offsets[node], leveller.Offsets[node + 1], leveller.Offsets[node + 2], 0);
    }

    /// <summary>Level of a channel at a corner of a face that no photo sees.</summary>
    internal float UnseenAt(int corner, int channel) => unseenColors[(3 * World.Triangles[corner]) + channel];
}
