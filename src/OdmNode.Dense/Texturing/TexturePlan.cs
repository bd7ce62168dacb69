using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Texturing;

/// <summary>Which photo colours which face, where on the atlases, and what is added to its colours.</summary>
public sealed class TexturePlan
{
    private readonly TexturingOptions options;
    private readonly Vector2D[] pixels;
    private readonly SeamLeveller leveller;

    private TexturePlan(
        TriangleMesh world, IReadOnlyList<TextureChart> charts, AtlasLayout layout, Vector2D[] pixels, SeamLeveller leveller, TexturingOptions options)
    {
        World = world;
        Charts = charts;
        Layout = layout;
        this.pixels = pixels;
        this.leveller = leveller;
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
        int[] neighbours = MeshTopology.Neighbours(world);
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

        IReadOnlyList<TextureChart> charts = Connect(labels, neighbours, pixels);
        SeamLeveller leveller = SeamLeveller.Solve(world, labels, candidates, options.LevelSeams, cancellationToken);
        return new TexturePlan(world, charts, AtlasLayout.Of(charts, options), pixels, leveller, options);
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
        var triangles = new List<int>();
        var coordinates = new List<float>();
        var atlases = new List<int>();
        var vertexOf = new Dictionary<int, int>();
        var positions = new List<float>();
        foreach (int chart in Enumerable.Range(0, Charts.Count).OrderBy(i => Layout.Places[i].Atlas))
        {
            int atlas = Layout.Places[chart].Atlas;
            (int width, int height) = Layout.Atlases[atlas];
            foreach (int face in Charts[chart].Faces)
            {
                atlases.Add(atlas);
                for (int corner = 3 * face; corner < (3 * face) + 3; corner++)
                {
                    int vertex = map.Triangles[corner];
                    if (vertexOf.TryAdd(vertex, vertexOf.Count))
                    {
                        positions.AddRange(map.Positions.AsSpan(3 * vertex, 3));
                    }

                    triangles.Add(vertexOf[vertex]);
                    Vector2D texel = TexelOf(chart, corner);
                    coordinates.Add((float)(texel.X / width));
                    coordinates.Add((float)(texel.Y / height));
                }
            }
        }

        return new TexturedMesh
        {
            Mesh = new TriangleMesh { Origin = map.Origin, Positions = [.. positions], Triangles = [.. triangles] },
            TextureCoordinates = [.. coordinates],
            Atlases = [.. atlases],
        };
    }

    /// <summary>Position of a corner from the corner of its chart's padding.</summary>
    internal Vector2D TexelInChart(int chart, int corner) => new(
        ((pixels[corner].X - Charts[chart].Left) * Layout.Scale) + options.Padding + 0.5,
        ((pixels[corner].Y - Charts[chart].Top) * Layout.Scale) + options.Padding + 0.5);

    /// <summary>What is added to a channel of the photo at a corner.</summary>
    internal float OffsetAt(int corner, int channel) => leveller.Offsets[(3 * leveller.NodeOfCorner[corner]) + channel];

    private static List<TextureChart> Connect(int[] labels, int[] neighbours, Vector2D[] pixels)
    {
        var charts = new List<TextureChart>();
        var done = new bool[labels.Length];
        var open = new Stack<int>();
        for (int seed = 0; seed < labels.Length; seed++)
        {
            if (done[seed] || labels[seed] < 0)
            {
                continue;
            }

            var faces = new List<int>();
            done[seed] = true;
            open.Push(seed);
            while (open.TryPop(out int face))
            {
                faces.Add(face);
                for (int e = 0; e < 3; e++)
                {
                    int other = neighbours[(3 * face) + e];
                    if (other >= 0 && !done[other] && labels[other] == labels[seed])
                    {
                        done[other] = true;
                        open.Push(other);
                    }
                }
            }

            faces.Sort();
            Vector2D[] corners = [.. faces.SelectMany(face => new[] { pixels[3 * face], pixels[(3 * face) + 1], pixels[(3 * face) + 2] })];
            double left = corners.Min(corner => corner.X);
            double top = corners.Min(corner => corner.Y);
            charts.Add(new TextureChart(
                labels[seed],
                [.. faces],
                (float)left,
                (float)top,
                (float)(corners.Max(corner => corner.X) - left),
                (float)(corners.Max(corner => corner.Y) - top)));
        }

        return charts;
    }
}
