using OdmNode.Geometry.Linear;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Formats;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Assets;

/// <summary>ODM's files of the textured model: OBJ, MTL and its legacy copy, GLB. The pictures lie there already.</summary>
internal static class TextureFiles
{
    private const int BufferBytes = 1 << 18;

    /// <param name="context">Of the stage that textures.</param>
    /// <param name="model">In map coordinates.</param>
    /// <param name="jpegs">The picture of each atlas for the GLB file; null when none is asked for.</param>
    /// <param name="offset">ODM's integer offset, height 0.</param>
    /// <param name="cancellationToken">Asked while writing.</param>
    public static void Write(
        StageContext context, TexturedMesh model, IReadOnlyList<byte[]>? jpegs, Vector3D offset, CancellationToken cancellationToken)
    {
        string materials = ObjWriter.Materials(model.AtlasCount, atlas => Path.GetFileName(AssetPaths.TexturePicture(atlas)));
        context.WriteArtefact(AssetPaths.TexturedModelMaterials, path => File.WriteAllText(path, materials));
        context.WriteArtefact(AssetPaths.TexturedModelLegacyMaterials, path => File.WriteAllText(path, materials));
        context.WriteArtefact(AssetPaths.TexturedModel, path =>
        {
            using FileStream file = Create(path);
            ObjWriter.Write(model, Path.GetFileName(AssetPaths.TexturedModelMaterials), offset, file, cancellationToken);
        });
        if (jpegs is not null)
        {
            context.WriteArtefact(AssetPaths.TexturedModelGlb, path =>
            {
                using FileStream file = Create(path);
                GlbWriter.Write(model, jpegs, offset, "OdmNode " + ProductVersion.Text, file);
            });
        }
    }

    /// <summary>Removes pictures and the GLB file that an earlier run with other options left: the archive takes the whole folder.</summary>
    public static void RemoveOlder(string projectFolder, int atlases, bool keepGlb)
    {
        for (int atlas = atlases; File.Exists(PathOf(AssetPaths.TexturePicture(atlas))); atlas++)
        {
            File.Delete(PathOf(AssetPaths.TexturePicture(atlas)));
        }

        if (!keepGlb)
        {
            File.Delete(PathOf(AssetPaths.TexturedModelGlb));
        }

        string PathOf(string asset) => Path.Combine(projectFolder, asset);
    }

    private static FileStream Create(string path) => new(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);
}
