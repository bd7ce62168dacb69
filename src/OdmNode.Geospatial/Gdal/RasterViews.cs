using OdmNode.Core.Errors;

namespace OdmNode.Geospatial.Gdal;

/// <summary>Virtual rasters over an open one, which must stay open as long as they do.</summary>
internal static unsafe class RasterViews
{
    /// <summary>Red, green and blue with the fourth band as their mask.</summary>
    public static GdalDataset AlphaAsMask(GdalDataset rgba) => Translate(rgba, ["-b", "1", "-b", "2", "-b", "3", "-mask", "4"]);

    /// <summary>Red, green, blue and alpha of a raster that has alpha as a band or as a mask.</summary>
    public static GdalDataset Rgba(GdalDataset source)
    {
        string alpha = GdalNative.GDALGetRasterCount(source) < 4 ? "mask" : "4";
        return Translate(source, ["-b", "1", "-b", "2", "-b", "3", "-b", alpha, "-colorinterp", "red,green,blue,alpha"]);
    }

    /// <summary>In longitude and latitude, interpolated between the cells.</summary>
    public static GdalDataset Geographic(GdalDataset source)
    {
        const int wgs84 = 4326;
        const double errorPixels = 0.05;
        using OgrSpatialReference target = OgrSpatialReference.FromEpsg(wgs84);
        GdalErrors.Reset();
        byte* text = null;
        _ = GdalNative.OSRExportToWkt(target, &text);
        try
        {
            const int bilinear = 1;
            GdalDataset view = GdalNative.GDALAutoCreateWarpedVRT(source, null, text, bilinear, errorPixels, null);
            return Checked(view, "A raster cannot be laid out in longitude and latitude");
        }
        finally
        {
            GdalNative.VSIFree((nint)text);
        }
    }

    private static GdalDataset Translate(GdalDataset source, IReadOnlyList<string> arguments)
    {
        using var list = new GdalOptions(["-of", "VRT", .. arguments]);
        GdalErrors.Reset();
        nint options = GdalNative.GDALTranslateOptionsNew(list.Pointer, 0);
        try
        {
            int usageError = 0;
            return Checked(GdalNative.GDALTranslate("", source, options, &usageError), "The bands of a raster cannot be arranged");
        }
        finally
        {
            GdalNative.GDALTranslateOptionsFree(options);
        }
    }

    private static GdalDataset Checked(GdalDataset view, string what)
    {
        if (view.IsInvalid)
        {
            view.Dispose();
            throw GdalErrors.Failure(ErrorKind.Internal, what);
        }

        return view;
    }
}
