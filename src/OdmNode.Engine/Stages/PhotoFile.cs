using OdmNode.Core.Errors;
using OdmNode.Engine.Assets;
using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Codecs;

namespace OdmNode.Engine.Stages;

/// <summary>The uploaded photos.</summary>
internal static class PhotoFile
{
    public static byte[] ReadBytes(string projectFolder, string name)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(projectFolder, AssetPaths.Images, name));
        }
        catch (FileNotFoundException exception)
        {
            throw new OdmException(ErrorKind.Storage, $"The photo {name} vanished while it was needed.", exception);
        }
    }

    /// <summary>Red, green and blue at full size.</summary>
    public static ImageBuffer Decode(string projectFolder, string name) =>
        PhotoCodec.Decode(ReadBytes(projectFolder, name), new DecodeOptions());
}
