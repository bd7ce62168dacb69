namespace OdmNode.Geospatial.Gdal;

/// <summary>Copies a finished raster to PNG, at full resolution.</summary>
public static unsafe class PngWriter
{
    /// <param name="rasterPath">A raster that GDAL reads, 8 bits, 1 to 4 bands.</param>
    /// <param name="pngPath">Written under a temporary name, then renamed.</param>
    /// <param name="cancellationToken">Asked between rows.</param>
    /// <exception cref="Core.Errors.OdmException">Storage: unreadable source, full disk.</exception>
    public static void Copy(string rasterPath, string pngPath, CancellationToken cancellationToken)
    {
        GdalLibrary.EnsureLoaded();
        string partialPath = pngPath + ".partial";
        GdalErrors.Reset();
        using GdalDataset source = GdalNative.GDALOpen(rasterPath, GdalNative.GA_ReadOnly);
        if (source.IsInvalid)
        {
            throw GdalErrors.Failure(Core.Errors.ErrorKind.Storage, $"{Path.GetFileName(rasterPath)} cannot be read");
        }

        using var progress = new GdalProgress(cancellationToken);
        using var list = new GdalOptions(["ZLEVEL=3"]);
        try
        {
            using (GdalDataset copy = GdalNative.GDALCreateCopy(
                GdalNative.GDALGetDriverByName("PNG"), partialPath, source, 0, list.Pointer, GdalProgress.Function, progress.Data))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (copy.IsInvalid)
                {
                    throw GdalErrors.WriteFailure(pngPath);
                }
            }

            if (GdalErrors.Pending)
            {
                throw GdalErrors.WriteFailure(pngPath);
            }

            File.Move(partialPath, pngPath, overwrite: true);
        }
        finally
        {
            File.Delete(partialPath);
        }
    }
}
