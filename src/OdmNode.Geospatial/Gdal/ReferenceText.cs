using System.Runtime.InteropServices;

namespace OdmNode.Geospatial.Gdal;

/// <summary>Coordinate systems as text.</summary>
public static class ReferenceText
{
    /// <summary>Well-known text (OGC 01-009) of an EPSG code.</summary>
    public static unsafe string Wkt(int epsgCode)
    {
        using OgrSpatialReference reference = OgrSpatialReference.FromEpsg(epsgCode);
        nint text = 0;
        GdalErrors.Reset();
        if (GdalNative.OSRExportToWkt(reference, &text) != 0)
        {
            throw GdalErrors.Failure(
                Core.Errors.ErrorKind.Internal, FormattableString.Invariant($"EPSG:{epsgCode} cannot be written as well-known text"));
        }

        string taken = Marshal.PtrToStringUTF8(text)!;
        GdalNative.VSIFree(text);
        return taken;
    }
}
