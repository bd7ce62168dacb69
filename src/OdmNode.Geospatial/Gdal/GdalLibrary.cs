using System.Reflection;
using System.Runtime.InteropServices;
using OdmNode.Core.Errors;

namespace OdmNode.Geospatial.Gdal;

/// <summary>Finds, loads and quietens GDAL.</summary>
internal static class GdalLibrary
{
    private const long CacheBytes = 64L << 20;
    private static readonly string[] Names = ["libgdal.so.32", "libgdal.so", "libgdal.so.36", "libgdal.so.34"];
    private static readonly Lazy<OdmException?> Problem = new(Load);
    private static readonly Lazy<bool> GeoTiff = new(() => Register(GdalNative.GDALRegister_GTiff));
    private static readonly Lazy<bool> AllFormats = new(() => Register(GdalNative.GDALAllRegister));

    /// <summary>Loads GDAL with all its formats. Throws <see cref="OdmException"/> with the remedy when it is absent.</summary>
    public static void EnsureLoaded()
    {
        EnsureLibrary();
        _ = AllFormats.Value;
    }

    /// <summary>Loads GDAL for GeoTIFFs alone, unless there are others already: the tables of all formats take 8 MiB.</summary>
    /// <inheritdoc cref="EnsureLoaded"/>
    public static void EnsureGeoTiff()
    {
        EnsureLibrary();
        _ = GeoTiff.Value;
    }

    /// <summary>Loads GDAL for what needs no format.</summary>
    /// <inheritdoc cref="EnsureLoaded"/>
    public static void EnsureLibrary()
    {
        if (Problem.Value is { } problem)
        {
            throw new OdmException(problem.Kind, problem.Message, problem);
        }
    }

    private static OdmException? Load()
    {
        nint library = 0;
        foreach (string name in Names)
        {
            if (NativeLibrary.TryLoad(name, Assembly.GetExecutingAssembly(), null, out library))
            {
                break;
            }
        }

        if (library == 0)
        {
            return new OdmException(
                ErrorKind.Unsupported,
                "GDAL could not be loaded (looked for libgdal.so.32 and libgdal.so). "
                + "Install the Debian package libgdal32 (or libgdal-dev); 'odmnode doctor' names what is missing.");
        }

        NativeLibrary.SetDllImportResolver(
            Assembly.GetExecutingAssembly(), (name, _, _) => name == GdalNative.Library ? library : 0);

        // Messages are read with CPLGetLastErrorMsg; a library does not write to standard error.
        if (NativeLibrary.TryGetExport(library, "CPLQuietErrorHandler", out nint quiet))
        {
            GdalNative.CPLSetErrorHandler(quiet);
        }

        GdalNative.GDALSetCacheMax64(CacheBytes);
        GdalNative.CPLSetConfigOption("GDAL_PAM_ENABLED", "NO");
        return null;
    }

    private static bool Register(Action formats)
    {
        formats();
        return true;
    }
}
