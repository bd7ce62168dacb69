namespace OdmNode.Scene.Model;

/// <summary>A surface with a place on a picture for each corner of each triangle.</summary>
public sealed class TexturedMesh
{
    /// <summary>Only triangles that have a texture.</summary>
    public required TriangleMesh Mesh { get; init; }

    /// <summary>6t values: u from the left and v from the top of the atlas for each corner, 0 to 1.</summary>
    public required float[] TextureCoordinates { get; init; }

    /// <summary>For each triangle the atlas it lies on; ascending.</summary>
    public required int[] Atlases { get; init; }

    public int AtlasCount => Atlases.Length == 0 ? 0 : Atlases[^1] + 1;
}
