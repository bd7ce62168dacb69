using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Dense;

/// <summary>What the triangles of a mesh say about how it hangs together.</summary>
internal sealed class MeshTopology
{
    private readonly TriangleMesh mesh;
    private readonly Dictionary<(int, int), int> directed = [];

    public MeshTopology(TriangleMesh mesh)
    {
        this.mesh = mesh;
        for (int i = 0; i < mesh.Triangles.Length; i += 3)
        {
            for (int k = 0; k < 3; k++)
            {
                (int, int) edge = (mesh.Triangles[i + k], mesh.Triangles[i + ((k + 1) % 3)]);
                directed[edge] = directed.GetValueOrDefault(edge) + 1;
            }
        }
    }

    /// <summary>Edges that two triangles use in the same direction: more than two meet, or one is flipped.</summary>
    public int Faults => directed.Values.Count(static uses => uses > 1);

    /// <summary>Middles of the edges of one triangle only.</summary>
    public IEnumerable<Vector3D> Border() => directed.Keys
        .Where(edge => !directed.ContainsKey((edge.Item2, edge.Item1)))
        .Select(edge => 0.5 * (At(edge.Item1) + At(edge.Item2)));

    public int Degenerate => Enumerable.Range(0, mesh.TriangleCount).Count(i => Normal(i).Length <= 0);

    /// <summary>Volume within a closed surface; negative if it is inside out.</summary>
    public double Volume => Enumerable.Range(0, mesh.TriangleCount)
        .Sum(i => Vector3D.Dot(At(mesh.Triangles[3 * i]), Normal(i)) / 3);

    public IEnumerable<Vector3D> Vertices => Enumerable.Range(0, mesh.VertexCount).Select(At);

    /// <summary>Normal with the area of the triangle as its length.</summary>
    private Vector3D Normal(int triangle)
    {
        Vector3D a = At(mesh.Triangles[3 * triangle]);
        return 0.5 * Vector3D.Cross(At(mesh.Triangles[(3 * triangle) + 1]) - a, At(mesh.Triangles[(3 * triangle) + 2]) - a);
    }

    private Vector3D At(int vertex) => mesh.Origin + new Vector3D(
        mesh.Positions[3 * vertex], mesh.Positions[(3 * vertex) + 1], mesh.Positions[(3 * vertex) + 2]);
}
