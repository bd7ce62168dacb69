namespace OdmNode.Geospatial.Gdal;

/// <summary>Copies a raster whose cells are all written to a GeoTIFF of another layout.</summary>
internal static unsafe class GeoTiffCopy
{
    private const int JpegQuality = 90;

    /// <summary>Photographs hold too much noise for the search of higher levels to find much: 2 % less at level 6, in half again the time.</summary>
    private const int ColorLevel = 1;

    /// <summary>Creation options of GDAL's GTiff driver for how blocks are compressed.</summary>
    public static IEnumerable<string> Compression(GeoTiffOptions options, RasterKind kind)
    {
        if (options.Compression == RasterCompression.None)
        {
            yield break;
        }

        yield return "COMPRESS=" + NameOf(options);
        yield return FormattableString.Invariant($"NUM_THREADS={Math.Max(1, options.Threads)}");
        if (HasPredictor(options))
        {
            yield return kind == RasterKind.Elevation ? "PREDICTOR=3" : "PREDICTOR=2";
            if (HasColorLevel(options, kind))
            {
                yield return FormattableString.Invariant($"ZLEVEL={ColorLevel}");
            }
        }
        else if (options.Compression == RasterCompression.Jpeg)
        {
            yield return FormattableString.Invariant($"JPEG_QUALITY={JpegQuality}");
            yield return "PHOTOMETRIC=YCBCR";
        }
    }

    /// <summary>Copies to a cloud-optimised file, to strips, or to JPEG blocks.</summary>
    /// <returns>The copy, open for update; a cloud-optimised one is complete.</returns>
    /// <remarks>
    /// JPEG has no exact alpha: its ringing would make the border of the survey half transparent. Colours become the three bands of
    /// such a file, and alpha becomes its mask, which is stored without loss.
    /// </remarks>
    public static GdalDataset Create(GdalDataset source, string path, GeoTiffOptions options, RasterKind kind, GdalProgress progress)
    {
        using GdalDataset? masked = options.Compression == RasterCompression.Jpeg && kind == RasterKind.Rgba ? RasterViews.AlphaAsMask(source) : null;
        using var list = new GdalOptions(options.CloudOptimised ? CloudOptimised(options, kind) : Plain(options, kind));
        GdalNative.CPLSetConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES");
        GdalDataset copy = GdalNative.GDALCreateCopy(
            GdalNative.GDALGetDriverByName(options.CloudOptimised ? "COG" : "GTiff"), path, masked ?? source, 0, list.Pointer,
            GdalProgress.Function, progress.Data);
        if (copy.IsInvalid)
        {
            copy.Dispose();
            throw GdalErrors.WriteFailure(path);
        }

        return copy;
    }

    private static List<string> Plain(GeoTiffOptions options, RasterKind kind)
    {
        var creation = new List<string> { "BIGTIFF=IF_SAFER", "INTERLEAVE=PIXEL" };
        if (options.Tiled)
        {
            creation.AddRange(
            [
                "TILED=YES",
                FormattableString.Invariant($"BLOCKXSIZE={GeoTiffWriter.BlockSize}"),
                FormattableString.Invariant($"BLOCKYSIZE={GeoTiffWriter.BlockSize}"),
            ]);
        }

        creation.AddRange(Compression(options, kind));
        return creation;
    }

    private static List<string> CloudOptimised(GeoTiffOptions options, RasterKind kind)
    {
        var creation = new List<string>
        {
            "COMPRESS=" + NameOf(options),
            kind == RasterKind.Origins ? "OVERVIEW_RESAMPLING=NEAREST" : "OVERVIEW_RESAMPLING=AVERAGE",
            FormattableString.Invariant($"BLOCKSIZE={GeoTiffWriter.BlockSize}"),
            FormattableString.Invariant($"NUM_THREADS={Math.Max(1, options.Threads)}"),
            "BIGTIFF=IF_SAFER",
        };
        if (HasPredictor(options))
        {
            creation.Add("PREDICTOR=YES");
            if (HasColorLevel(options, kind))
            {
                creation.Add(FormattableString.Invariant($"LEVEL={ColorLevel}"));
            }
        }
        else if (options.Compression == RasterCompression.Jpeg)
        {
            creation.Add(FormattableString.Invariant($"QUALITY={JpegQuality}"));
        }

        return creation;
    }

    private static string NameOf(GeoTiffOptions options) => options.Compression.ToString().ToUpperInvariant();

    private static bool HasColorLevel(GeoTiffOptions options, RasterKind kind) =>
        options.Compression == RasterCompression.Deflate && kind == RasterKind.Rgba;

    private static bool HasPredictor(GeoTiffOptions options) => options.Compression is RasterCompression.Deflate or RasterCompression.Lzw;
}
