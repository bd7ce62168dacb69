using System.Runtime.InteropServices;
using OdmNode.Core.Errors;

namespace OdmNode.Geospatial.Gdal;

/// <summary>Turns GDAL's last error of the calling thread into an exception with a kind.</summary>
internal static class GdalErrors
{
    public static void Reset() => GdalNative.CPLErrorReset();

    /// <summary>Whether the calling thread met a failure since <see cref="Reset"/>.</summary>
    public static bool Pending => GdalNative.CPLGetLastErrorType() >= GdalNative.CE_Failure;

    public static OdmException Failure(ErrorKind kind, string what)
    {
        string reason = Marshal.PtrToStringUTF8(GdalNative.CPLGetLastErrorMsg()) ?? "";
        return new OdmException(kind, reason.Length == 0 ? what + "." : $"{what}: {reason.TrimEnd('.')}.");
    }

    /// <summary>A failure to write a file; says so when the disk is what failed.</summary>
    public static OdmException WriteFailure(string path)
    {
        string what = $"Writing {Path.GetFileName(path)} failed";
        return AvailableBytes(path) < 1 << 20
            ? Failure(ErrorKind.Storage, what + " because the disk is full; free some space and start the task again")
            : Failure(ErrorKind.Storage, what);
    }

    private static long AvailableBytes(string path)
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(path))!).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return long.MaxValue;
        }
    }
}
