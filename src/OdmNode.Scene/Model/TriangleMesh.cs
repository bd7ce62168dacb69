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
}
