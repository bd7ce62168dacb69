using System.Runtime.InteropServices;
using OdmNode.Core.Errors;

namespace OdmNode.Geospatial.Gdal;

/// <summary>What <c>odmnode doctor</c> says about GDAL.</summary>
public static class GdalInfo
{
    /// <summary>Release name such as <c>3.6.2</c>, or null with the reason and remedy when GDAL cannot be used.</summary>
    public static string? TryVersion(out string? problem)
    {
        try
        {
            GdalLibrary.EnsureLoaded();
            problem = null;
            return Marshal.PtrToStringUTF8(GdalNative.GDALVersionInfo("RELEASE_NAME"));
        }
        catch (OdmException exception)
        {
            problem = exception.Message;
            return null;
        }
    }
}
