using System.Globalization;
using OdmNode.Core.Errors;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Gdal;

/// <summary>
/// Writes a raster tile by tile, each cell once, in any order of tiles; the file appears under its name only when complete.
/// </summary>
/// <remarks>
/// Tiles whose size is a multiple of <see cref="BlockSize"/> (but for those at the right and lower edge) are written
/// straight to their blocks. Not thread-safe: one caller at a time. The bytes depend on the order of tiles alone.
/// </remarks>
public sealed unsafe class GeoTiffWriter : IDisposable
{
    /// <summary>Edge of a block of the file, cells.</summary>
    public const int BlockSize = 512;

    /// <summary>Height that stands for "nothing known" in elevation rasters.</summary>
    public const float NoData = -9999f;

    private const string CopySuffix = ".copy";

    private readonly string path;
    private readonly string partialPath;
    private readonly GeoTiffOptions options;
    private readonly GroundGrid grid;
    private readonly RasterKind kind;
    private GdalDataset? dataset;

    private GeoTiffWriter(string path, GroundGrid grid, GeoTiffOptions options, RasterKind kind)
    {
        this.path = Path.GetFullPath(path);
        this.grid = grid;
        this.options = options with { Compression = PossibleCompression(options, kind) };
        this.kind = kind;
        partialPath = this.path + ".partial.tif";
        GdalLibrary.EnsureLoaded();
        RemovePartialFiles();
        dataset = Create();
        try
        {
            Describe(dataset);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The wanted compression where the cells know it.</summary>
    private static RasterCompression PossibleCompression(GeoTiffOptions options, RasterKind kind) => options.Compression switch
    {
        RasterCompression.Jpeg when kind != RasterKind.Rgba => RasterCompression.Deflate,
        RasterCompression wanted => wanted,
    };

    /// <summary>A raster of red, green, blue and alpha, 8 bits each.</summary>
    public static GeoTiffWriter CreateRgba(string path, GroundGrid grid, GeoTiffOptions options) =>
        new(path, grid, options, RasterKind.Rgba);

    /// <summary>A raster of 32-bit heights, metres, <see cref="NoData"/> where nothing is known.</summary>
    public static GeoTiffWriter CreateElevation(string path, GroundGrid grid, GeoTiffOptions options) =>
        new(path, grid, options, RasterKind.Elevation);

    /// <summary>A raster of <see cref="CellOrigin"/> values: 1 measured, 2 filled, 0 (stated as no data) where nothing is known.</summary>
    public static GeoTiffWriter CreateOrigins(string path, GroundGrid grid, GeoTiffOptions options) =>
        new(path, grid, options, RasterKind.Origins);

    /// <summary>Writes the origins of a tile of heights.</summary>
    /// <exception cref="OdmException">Storage: the disk is full or the file cannot be written.</exception>
    public void WriteOrigins(ElevationTile tile)
    {
        ArgumentNullException.ThrowIfNull(tile);
        fixed (CellOrigin* pointer = tile.Origins)
        {
            Write(tile.Tile, pointer, GdalDataType.GDT_Byte, 1, 1, 1);
        }
    }

    /// <summary>Writes one tile of colours.</summary>
    /// <exception cref="OdmException">Storage: the disk is full or the file cannot be written.</exception>
    public void Write(RgbaTile tile)
    {
        ArgumentNullException.ThrowIfNull(tile);
        fixed (byte* pixels = tile.Pixels)
        {
            Write(tile.Tile, pixels, GdalDataType.GDT_Byte, 4, 4, 1);
        }
    }

    /// <summary>Writes one tile of heights; unknown ones become <see cref="NoData"/>.</summary>
    /// <exception cref="OdmException">Storage: the disk is full or the file cannot be written.</exception>
    public void Write(ElevationTile tile)
    {
        ArgumentNullException.ThrowIfNull(tile);
        float[] values = new float[tile.Heights.Length];
        for (int i = 0; i < values.Length; i++)
        {
            float height = tile.Heights[i];
            values[i] = float.IsNaN(height) ? NoData : height;
        }

        fixed (float* pointer = values)
        {
            Write(tile.Tile, pointer, GdalDataType.GDT_Float32, 1, sizeof(float), sizeof(float));
        }
    }

    /// <summary>Makes overviews (or the cloud-optimised copy), closes the file and gives it its name.</summary>
    public void Complete(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(dataset is null, this);
        using var progress = new GdalProgress(cancellationToken);
        try
        {
            Finish(progress);
        }
        catch (OdmException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        File.Move(partialPath, path, overwrite: true);
    }

    /// <summary>Closes the file; one that is not complete is removed.</summary>
    public void Dispose()
    {
        dataset?.Dispose();
        dataset = null;
        RemovePartialFiles();
    }

    private void RemovePartialFiles()
    {
        // A folder that does not exist is told by GDAL when it is to create the file.
        if (Directory.Exists(Path.GetDirectoryName(path)))
        {
            File.Delete(partialPath);
            File.Delete(partialPath + CopySuffix);
        }
    }

    /// <summary>What is copied when all is written is compressed once, in its final order.</summary>
    private bool IsCopied => options.CloudOptimised || !options.Tiled || options.Compression == RasterCompression.Jpeg;

    private GdalDataset Create()
    {
        var creation = new List<string>
        {
            "TILED=YES", FormattableString.Invariant($"BLOCKXSIZE={BlockSize}"), FormattableString.Invariant($"BLOCKYSIZE={BlockSize}"),
            "BIGTIFF=IF_SAFER", "INTERLEAVE=PIXEL",
        };
        if (kind == RasterKind.Rgba)
        {
            creation.Add("PHOTOMETRIC=RGB");
            creation.Add("ALPHA=UNSPECIFIED");
        }

        if (!IsCopied)
        {
            creation.AddRange(GeoTiffCopy.Compression(options, kind));
        }

        using var list = new GdalOptions(creation);
        GdalErrors.Reset();
        GdalDataset created = GdalNative.GDALCreate(
            GdalNative.GDALGetDriverByName("GTiff"), partialPath, grid.Width, grid.Height, kind == RasterKind.Rgba ? 4 : 1,
            kind == RasterKind.Elevation ? GdalDataType.GDT_Float32 : GdalDataType.GDT_Byte, list.Pointer);
        if (created.IsInvalid)
        {
            created.Dispose();
            throw GdalErrors.WriteFailure(path);
        }

        return created;
    }

    private void Describe(GdalDataset target)
    {
        double* transform = stackalloc double[] { grid.West, grid.Resolution, 0, grid.North, 0, -grid.Resolution };
        _ = GdalNative.GDALSetGeoTransform(target, transform);
        if (options.EpsgCode is { } code)
        {
            using OgrSpatialReference reference = OgrSpatialReference.FromEpsg(code);
            _ = GdalNative.GDALSetSpatialRef(target, reference);
        }

        _ = GdalNative.GDALSetMetadataItem(target, "TIFFTAG_SOFTWARE", options.Software, null);
        if (options.CaptureTime is { } time)
        {
            string text = time.UtcDateTime.ToString("yyyy':'MM':'dd HH':'mm':'ss", CultureInfo.InvariantCulture);
            _ = GdalNative.GDALSetMetadataItem(target, "TIFFTAG_DATETIME", text, null);
        }

        if (kind != RasterKind.Rgba)
        {
            nint band = GdalNative.GDALGetRasterBand(target, 1);
            _ = GdalNative.GDALSetRasterNoDataValue(band, kind == RasterKind.Elevation ? NoData : 0);
            return;
        }

        ReadOnlySpan<string> names = ["red", "green", "blue", "alpha"];
        ReadOnlySpan<GdalColorInterp> colors =
            [GdalColorInterp.GCI_RedBand, GdalColorInterp.GCI_GreenBand, GdalColorInterp.GCI_BlueBand, GdalColorInterp.GCI_AlphaBand];
        for (int i = 0; i < names.Length; i++)
        {
            nint band = GdalNative.GDALGetRasterBand(target, i + 1);
            _ = GdalNative.GDALSetRasterColorInterpretation(band, colors[i]);
            GdalNative.GDALSetDescription(band, names[i]);
        }
    }

    private void Write(GroundTile tile, void* data, GdalDataType type, int bands, int pixelSpace, int bandSpace)
    {
        ObjectDisposedException.ThrowIf(dataset is null, this);
        if (tile.Grid != grid)
        {
            throw new ArgumentException("The tile belongs to another grid than the file.", nameof(tile));
        }

        GdalErrors.Reset();
        int status = GdalNative.GDALDatasetRasterIOEx(
            dataset, GdalNative.GF_Write, tile.X, tile.Y, tile.Width, tile.Height, data, tile.Width, tile.Height, type,
            bands, null, pixelSpace, (long)pixelSpace * tile.Width, bandSpace, null);
        if (status != GdalNative.CE_None || GdalErrors.Pending)
        {
            throw GdalErrors.WriteFailure(path);
        }
    }

    private void Finish(GdalProgress progress)
    {
        GdalErrors.Reset();
        GdalNative.GDALFlushCache(dataset!);
        ThrowIfPending();
        if (IsCopied)
        {
            using GdalDataset copy = GeoTiffCopy.Create(dataset!, partialPath + CopySuffix, options, kind, progress);
            ThrowIfPending();
            BuildOverviews(copy, progress);
        }
        else
        {
            BuildOverviews(dataset!, progress);
        }

        dataset!.Dispose();
        dataset = null;
        ThrowIfPending();
        if (IsCopied)
        {
            File.Move(partialPath + CopySuffix, partialPath, overwrite: true);
        }
    }

    private void BuildOverviews(GdalDataset target, GdalProgress progress)
    {
        if (options.CloudOptimised || !options.Overviews)
        {
            return;
        }

        var factors = new List<int>();
        for (int factor = 2; Math.Max(grid.Width, grid.Height) * 2L / factor >= BlockSize; factor *= 2)
        {
            factors.Add(factor);
        }

        if (factors.Count == 0)
        {
            return;
        }

        GdalNative.CPLSetConfigOption("GDAL_TIFF_OVR_BLOCKSIZE", "512");
        fixed (int* pointer = factors.ToArray())
        {
            int status = GdalNative.GDALBuildOverviews(
                target, kind == RasterKind.Origins ? "NEAREST" : "AVERAGE", factors.Count, pointer, 0, null, GdalProgress.Function, progress.Data);
            if (status != GdalNative.CE_None)
            {
                throw GdalErrors.WriteFailure(path);
            }
        }
    }

    private void ThrowIfPending()
    {
        if (GdalErrors.Pending)
        {
            throw GdalErrors.WriteFailure(path);
        }
    }
}
