namespace OdmNode.Scene.Model;

/// <summary>A surface with a place on a picture for each corner of each triangle.</summary>
public sealed class TexturedMesh
{
    /// <summary>Only triangles that have a texture.</summary>
    public required TriangleMesh Mesh { get; init; }

    /// <summary>2p values: u from the left and v from the top of the atlas, 0 to 1.</summary>
    public required float[] Places { get; init; }

    /// <summary>p vertices: a place belongs to one vertex, a vertex at a seam has several places.</summary>
    public required int[] VertexOfPlace { get; init; }

    /// <summary>3t indices of places, in the order of the triangles' corners.</summary>
    public required int[] PlaceOfCorner { get; init; }

    /// <summary>For each triangle the atlas it lies on; ascending, none left out.</summary>
    public required int[] Atlases { get; init; }

    public int PlaceCount => VertexOfPlace.Length;

    public int AtlasCount => Atlases.Length == 0 ? 0 : Atlases[^1] + 1;
}
