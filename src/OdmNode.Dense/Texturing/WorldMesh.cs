using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Texturing;

/// <summary>Brings a mesh from the map into the frame of the cameras, once for all photos.</summary>
public static class WorldMesh
{
    /// <param name="mesh">In map coordinates.</param>
    /// <param name="map">Null when the mesh is in the world frame already.</param>
    public static TriangleMesh Of(TriangleMesh mesh, MapFrame? map)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        if (map is null)
        {
            return mesh;
        }

        var positions = new float[mesh.Positions.Length];
        for (int v = 0; v < mesh.VertexCount; v++)
        {
            Vector3D point = map.WorldFromMap(mesh.PointOf(v));
            positions[3 * v] = (float)point.X;
            positions[(3 * v) + 1] = (float)point.Y;
            positions[(3 * v) + 2] = (float)point.Z;
        }

        return new TriangleMesh { Origin = Vector3D.Zero, Positions = positions, Triangles = mesh.Triangles };
    }
}
