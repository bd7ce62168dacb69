using OdmNode.Scene.Model;

namespace OdmNode.Dense.Texturing;

/// <summary>Puts the textured part of a mesh together, chart by chart; within a chart a vertex has one place.</summary>
internal sealed class TexturedMeshBuilder(TriangleMesh map)
{
    private readonly List<int> triangles = [];
    private readonly List<float> places = [];
    private readonly List<int> vertexOfPlace = [];
    private readonly List<int> placeOfCorner = [];
    private readonly List<int> atlases = [];
    private readonly List<float> positions = [];
    private readonly int[] newVertex = Filled(map.VertexCount);
    private readonly int[] placeInChart = Filled(map.VertexCount);
    private int firstOfChart;

    public void BeginChart() => firstOfChart = vertexOfPlace.Count;

    public void BeginFace(int atlas) => atlases.Add(atlas);

    /// <summary>The next corner of the face.</summary>
    public void Add(int vertex, float u, float v)
    {
        if (newVertex[vertex] < 0)
        {
            newVertex[vertex] = positions.Count / 3;
            positions.AddRange(map.Positions.AsSpan(3 * vertex, 3));
        }

        if (placeInChart[vertex] < firstOfChart)
        {
            placeInChart[vertex] = vertexOfPlace.Count;
            vertexOfPlace.Add(newVertex[vertex]);
            places.Add(u);
            places.Add(v);
        }

        triangles.Add(newVertex[vertex]);
        placeOfCorner.Add(placeInChart[vertex]);
    }

    public TexturedMesh Build() => new()
    {
        Mesh = new TriangleMesh { Origin = map.Origin, Positions = [.. positions], Triangles = [.. triangles] },
        Places = [.. places],
        VertexOfPlace = [.. vertexOfPlace],
        PlaceOfCorner = [.. placeOfCorner],
        Atlases = [.. atlases],
    };

    private static int[] Filled(int count)
    {
        var values = new int[count];
        Array.Fill(values, -1);
        return values;
    }
}
