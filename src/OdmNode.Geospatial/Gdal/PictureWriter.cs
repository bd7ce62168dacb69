using OdmNode.Core.Errors;

namespace OdmNode.Geospatial.Gdal;

/// <summary>Copies a finished orthophoto to files for viewers.</summary>
public static unsafe class PictureWriter
{
    /// <summary>Red, green, blue and alpha at full resolution, without a place on the map.</summary>
    /// <param name="rasterPath">Colours, 8 bits, with alpha or a mask.</param>
    /// <param name="pngPath">Written under a temporary name, then renamed.</param>
    /// <param name="cancellationToken">Asked between rows.</param>
    /// <exception cref="OdmException">Storage: unreadable source, full disk.</exception>
    public static void WritePng(string rasterPath, string pngPath, CancellationToken cancellationToken)
    {
        using GdalDataset source = Open(rasterPath);
        using GdalDataset view = RasterViews.Rgba(source);
        Copy(view, "PNG", ["ZLEVEL=3"], pngPath, cancellationToken);
    }

    /// <summary>
    /// A pyramid of overlays for Google Earth in one file: each level is loaded when it is looked at. Pieces that are opaque all over
    /// are JPEG, those at the border PNG.
    /// </summary>
    /// <param name="rasterPath">Colours, 8 bits, with alpha or a mask, on the map.</param>
    /// <param name="kmzPath">Ends in <c>.kmz</c>. Written under a temporary name, then renamed.</param>
    /// <param name="name">What Google Earth calls it.</param>
    /// <param name="cancellationToken">Asked between pieces.</param>
    /// <exception cref="OdmException">Storage: unreadable source, full disk.</exception>
    public static void WriteKmz(string rasterPath, string kmzPath, string name, CancellationToken cancellationToken)
    {
        using GdalDataset source = Open(rasterPath);
        using GdalDataset colors = RasterViews.Rgba(source);
        using GdalDataset view = RasterViews.Geographic(colors);
        Copy(view, "KMLSUPEROVERLAY", ["FORMAT=AUTO", "NAME=" + name], kmzPath, cancellationToken);
    }

    private static GdalDataset Open(string path)
    {
        GdalLibrary.EnsureLoaded();
        GdalErrors.Reset();
        GdalDataset source = GdalNative.GDALOpen(path, GdalNative.GA_ReadOnly);
        if (source.IsInvalid)
        {
            source.Dispose();
            throw GdalErrors.Failure(ErrorKind.Storage, $"{Path.GetFileName(path)} cannot be read");
        }

        return source;
    }

    private static void Copy(GdalDataset source, string driver, IReadOnlyList<string> creation, string path, CancellationToken cancellationToken)
    {
        // The overlay driver takes the kind of file from its extension.
        string partialPath = Path.ChangeExtension(path, ".partial" + Path.GetExtension(path));
        using var progress = new GdalProgress(cancellationToken);
        using var list = new GdalOptions(creation);
        GdalErrors.Reset();
        try
        {
            using (GdalDataset copy = GdalNative.GDALCreateCopy(
                GdalNative.GDALGetDriverByName(driver), partialPath, source, 0, list.Pointer, GdalProgress.Function, progress.Data))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (copy.IsInvalid)
                {
                    throw GdalErrors.WriteFailure(path);
                }
            }

            if (GdalErrors.Pending)
            {
                throw GdalErrors.WriteFailure(path);
            }

            File.Move(partialPath, path, overwrite: true);
        }
        finally
        {
            File.Delete(partialPath);
        }
    }
}
