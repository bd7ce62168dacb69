using System.Globalization;
using System.Runtime.InteropServices;
using OdmNode.Core.Errors;

namespace OdmNode.Geospatial.Gdal;

/// <summary>Reads a raster file: what it says about itself, and windows of it.</summary>
public sealed unsafe class RasterReader : IDisposable
{
    private readonly GdalDataset dataset;

    private readonly GdalDataset? viewed;

    private RasterReader(GdalDataset dataset, GdalDataset? viewed)
    {
        this.dataset = dataset;
        this.viewed = viewed;
    }

    internal GdalDataset Dataset => dataset;

    public int Width => GdalNative.GDALGetRasterXSize(dataset);

    public int Height => GdalNative.GDALGetRasterYSize(dataset);

    public int Bands => GdalNative.GDALGetRasterCount(dataset);

    /// <summary>Number of overviews of the first band.</summary>
    public int Overviews => GdalNative.GDALGetOverviewCount(GdalNative.GDALGetRasterBand(dataset, 1));

    /// <summary>The value that means "nothing known" in the first band; null where there is none.</summary>
    public double? NoData
    {
        get
        {
            int success = 0;
            double value = GdalNative.GDALGetRasterNoDataValue(GdalNative.GDALGetRasterBand(dataset, 1), &success);
            return success != 0 ? value : null;
        }
    }

    /// <summary>EPSG code of the CRS; null without one.</summary>
    public int? EpsgCode
    {
        get
        {
            nint reference = GdalNative.GDALGetSpatialRef(dataset);
            string? code = reference == 0 ? null : Marshal.PtrToStringUTF8(GdalNative.OSRGetAuthorityCode(reference, null));
            return int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
        }
    }

    /// <summary>GDAL's six numbers: west, cell width, 0, north, 0, minus cell height; null without georeference.</summary>
    public double[]? GeoTransform
    {
        get
        {
            double[] values = new double[6];
            fixed (double* pointer = values)
            {
                return GdalNative.GDALGetGeoTransform(dataset, pointer) == GdalNative.CE_None ? values : null;
            }
        }
    }

    /// <exception cref="OdmException">Storage: there is no such file, or it is no raster.</exception>
    public static RasterReader Open(string path)
    {
        GdalLibrary.EnsureLoaded();
        return new(OpenDataset(path), null);
    }

    /// <summary>Opens a GeoTIFF, without loading what other formats need.</summary>
    /// <inheritdoc cref="Open"/>
    public static RasterReader OpenGeoTiff(string path)
    {
        GdalLibrary.EnsureGeoTiff();
        return new(OpenDataset(path), null);
    }

    /// <summary>Opens colours: always with the bands red, green, blue and alpha, also where the file has alpha as a mask.</summary>
    /// <inheritdoc cref="Open"/>
    public static RasterReader OpenRgba(string path)
    {
        GdalLibrary.EnsureLoaded();
        GdalDataset file = OpenDataset(path);
        try
        {
            return new RasterReader(RasterViews.Rgba(file), file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Name of a band, counted from 1; empty where it has none.</summary>
    public string BandName(int band) =>
        Marshal.PtrToStringUTF8(GdalNative.GDALGetDescription(GdalNative.GDALGetRasterBand(dataset, band))) ?? "";

    /// <summary>What a band, counted from 1, means to the eye.</summary>
    internal GdalColorInterp ColorOf(int band) => GdalNative.GDALGetRasterColorInterpretation(GdalNative.GDALGetRasterBand(dataset, band));

    /// <summary>Whether a band, counted from 1, is the alpha channel.</summary>
    public bool IsAlpha(int band) => ColorOf(band) == GdalColorInterp.GCI_AlphaBand;

    /// <summary>A metadata item of the file such as <c>TIFFTAG_SOFTWARE</c>; null without it.</summary>
    public string? Metadata(string name) => Marshal.PtrToStringUTF8(GdalNative.GDALGetMetadataItem(dataset, name, null));

    /// <summary>Samples of all bands as bytes, interleaved by pixel.</summary>
    public byte[] ReadBytes(int x, int y, int width, int height)
    {
        byte[] values = new byte[checked(width * height * Bands)];
        fixed (byte* data = values)
        {
            Read(x, y, width, height, data, GdalDataType.GDT_Byte, sizeof(byte));
        }

        return values;
    }

    /// <summary>Samples of all bands as floats, interleaved by pixel.</summary>
    public float[] ReadFloats(int x, int y, int width, int height)
    {
        float[] values = new float[checked(width * height * Bands)];
        fixed (float* data = values)
        {
            Read(x, y, width, height, data, GdalDataType.GDT_Float32, sizeof(float));
        }

        return values;
    }

    /// <summary>The whole raster as bytes at a smaller size, averaged, from the overviews: costs by the size that is asked for.</summary>
    public byte[] ReadReducedBytes(int width, int height) => ReadReducedBytes(0, 0, Width, Height, width, height);

    /// <summary>A window as bytes at a smaller size, averaged, from the overviews: costs by the size that is asked for.</summary>
    public byte[] ReadReducedBytes(int x, int y, int width, int height, int toWidth, int toHeight)
    {
        byte[] values = new byte[checked(toWidth * toHeight * Bands)];
        fixed (byte* data = values)
        {
            Read(x, y, width, height, data, toWidth, toHeight, GdalDataType.GDT_Byte, sizeof(byte));
        }

        return values;
    }

    /// <summary>The whole raster as floats at a smaller size, averaged, from the overviews: costs by the size that is asked for.</summary>
    public float[] ReadReducedFloats(int width, int height)
    {
        float[] values = new float[checked(width * height * Bands)];
        fixed (float* data = values)
        {
            Read(0, 0, Width, Height, data, width, height, GdalDataType.GDT_Float32, sizeof(float));
        }

        return values;
    }

    public void Dispose()
    {
        dataset.Dispose();
        viewed?.Dispose();
    }

    private static GdalDataset OpenDataset(string path)
    {
        GdalErrors.Reset();
        GdalDataset dataset = GdalNative.GDALOpen(path, GdalNative.GA_ReadOnly);
        if (dataset.IsInvalid)
        {
            dataset.Dispose();
            throw GdalErrors.Failure(ErrorKind.Storage, $"{Path.GetFileName(path)} cannot be read");
        }

        return dataset;
    }

    private void Read(int x, int y, int width, int height, void* data, GdalDataType type, int size) =>
        Read(x, y, width, height, data, width, height, type, size);

    private void Read(int x, int y, int width, int height, void* data, int toWidth, int toHeight, GdalDataType type, int size)
    {
        GdalErrors.Reset();
        int pixel = size * Bands;
        var extra = new GdalRasterIOExtraArg { Version = 1, Resampling = GdalRasterIOExtraArg.Average };
        int status = GdalNative.GDALDatasetRasterIOEx(
            dataset, GdalNative.GF_Read, x, y, width, height, data, toWidth, toHeight, type, Bands, null, pixel, (long)pixel * toWidth, size, &extra);
        if (status != GdalNative.CE_None)
        {
            throw GdalErrors.Failure(ErrorKind.Storage, "A raster cannot be read");
        }
    }
}
