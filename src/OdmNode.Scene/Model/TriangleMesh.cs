using OdmNode.Geometry.Linear;

namespace OdmNode.Scene.Model;

/// <summary>A surface of triangles, laid out flat, positions relative to an origin so that floats suffice.</summary>
public sealed class TriangleMesh
{
    /// <summary>Full map coordinates (or world, without a map) of the zero of <see cref="Positions"/>.</summary>
    public required Vector3D Origin { get; init; }

    /// <summary>3v metres: east, north, up relative to <see cref="Origin"/>.</summary>
    public required float[] Positions { get; init; }

    /// <summary>3t indices of vertices, counter-clockwise seen from outside.</summary>
    public required int[] Triangles { get; init; }

    public int VertexCount => Positions.Length / 3;

    public int TriangleCount => Triangles.Length / 3;

    /// <summary>Full coordinates of a vertex.</summary>
    public Vector3D PointOf(int vertex) => new(
        Origin.X + Positions[3 * vertex], Origin.Y + Positions[(3 * vertex) + 1], Origin.Z + Positions[(3 * vertex) + 2]);

    /// <summary>Indices of the three vertices of a triangle.</summary>
    public (int A, int B, int C) CornersOf(int triangle) =>
        (Triangles[3 * triangle], Triangles[(3 * triangle) + 1], Triangles[(3 * triangle) + 2]);
}
