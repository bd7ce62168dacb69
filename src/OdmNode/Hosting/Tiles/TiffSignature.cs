using OdmNode.Core.Errors;

namespace OdmNode.Hosting.Tiles;

/// <summary>Keeps other formats from GDAL, some of which make it read further files: results may come from a machine that is not trusted.</summary>
internal static class TiffSignature
{
    /// <exception cref="OdmException">Storage: the file cannot be read, or begins otherwise than TIFF and BigTIFF do.</exception>
    public static void Check(string path)
    {
        Span<byte> start = stackalloc byte[4];
        try
        {
            using var file = File.OpenHandle(path);
            if (RandomAccess.Read(file, start, 0) == start.Length
                && (start.SequenceEqual("II*\0"u8) || start.SequenceEqual("MM\0*"u8) || start.SequenceEqual("II+\0"u8) || start.SequenceEqual("MM\0+"u8)))
            {
                return;
            }
        }
        catch (IOException exception)
        {
            throw OdmException.OfDisk(exception);
        }

        throw new OdmException(ErrorKind.Storage, $"{Path.GetFileName(path)} is no GeoTIFF, so it has no tiles.");
    }
}
