using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Meshing;

/// <summary>Sews the parts of all tiles together, vertex to vertex.</summary>
public sealed class MeshJoiner
{
    private readonly Vector3D origin;
    private readonly List<float> positions = [];
    private readonly List<int> triangles = [];
    private readonly Dictionary<long, int> shared = [];

    /// <param name="origin">Of the whole mesh, near all parts.</param>
    public MeshJoiner(Vector3D origin) => this.origin = origin;

    /// <summary>Adds the part of one tile. A vertex that an earlier part has too keeps its place there.</summary>
    public void Add(MeshPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        TriangleMesh mesh = part.Mesh;
        (double dx, double dy, double dz) = mesh.Origin - origin;
        var newOf = new int[mesh.VertexCount];
        for (int vertex = 0; vertex < newOf.Length; vertex++)
        {
            long key = part.SharedKeys[vertex];
            if (key != 0 && shared.TryGetValue(key, out newOf[vertex]))
            {
                continue;
            }

            newOf[vertex] = positions.Count / 3;
            positions.Add((float)(mesh.Positions[3 * vertex] + dx));
            positions.Add((float)(mesh.Positions[(3 * vertex) + 1] + dy));
            positions.Add((float)(mesh.Positions[(3 * vertex) + 2] + dz));
            if (key != 0)
            {
                shared[key] = newOf[vertex];
            }
        }

        foreach (int vertex in mesh.Triangles)
        {
            triangles.Add(newOf[vertex]);
        }
    }

    public TriangleMesh ToMesh() => new() { Origin = origin, Positions = [.. positions], Triangles = [.. triangles] };
}
