using System.Text;
using OdmNode.Imaging.Buffers;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>An undistorted picture and its camera as checkpoints keep them: size, camera, then the samples as they are.</summary>
internal static class PictureFormat
{
    public static void Write(ImageBuffer picture, PinholeCamera camera, Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(picture.Width);
        writer.Write(picture.Height);
        writer.Write(picture.Channels);
        writer.Write(camera.Focal);
        writer.Write(camera.CenterX);
        writer.Write(camera.CenterY);
        writer.Flush();
        stream.Write(picture.Pixels);
    }

    /// <exception cref="InvalidDataException">The data is something else.</exception>
    public static (ImageBuffer Picture, PinholeCamera Camera) Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        int width = reader.ReadInt32();
        int height = reader.ReadInt32();
        int channels = reader.ReadInt32();
        if (width <= 0 || height <= 0 || channels is not (1 or 3) || (long)width * height * channels > Array.MaxLength)
        {
            throw new InvalidDataException("The stored picture has an impossible size.");
        }

        var camera = new PinholeCamera(width, height, reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        var picture = new ImageBuffer(width, height, channels);
        stream.ReadExactly(picture.Pixels);
        return (picture, camera);
    }
}
