using OdmNode.Scene.Model;

namespace OdmNode.Dense.Meshing;

/// <summary>The triangles of one tile.</summary>
/// <param name="Mesh">Their surface.</param>
/// <param name="SharedKeys">For each vertex 0, or, on the side of the tile, a number that the same vertex has in the next tile.</param>
public sealed record MeshPart(TriangleMesh Mesh, long[] SharedKeys);
