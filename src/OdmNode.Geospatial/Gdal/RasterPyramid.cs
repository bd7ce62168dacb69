using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OdmNode.Core.Errors;
using OdmNode.Geospatial.Tiles;

namespace OdmNode.Geospatial.Gdal;

/// <summary>A raster with its overviews, read in windows of cells of any of them. One caller at a time.</summary>
internal sealed unsafe class RasterPyramid : IDisposable
{
    private readonly RasterReader reader;
    private readonly PyramidLevel[] levels;

    private RasterPyramid(RasterReader reader)
    {
        this.reader = reader;
        Width = reader.Width;
        Height = reader.Height;
        Channels = reader.Bands < 3 ? 1 : 3;
        Transform = reader.GeoTransform ?? throw new OdmException(ErrorKind.BadInput, "The raster has no place on the map.");
        levels = new PyramidLevel[reader.Overviews + 1];
        levels[0] = new PyramidLevel(0, Width, Height, 1);
        for (int i = 1; i < levels.Length; i++)
        {
            nint band = BandOf(1, i);
            int width = GdalNative.GDALGetRasterBandXSize(band);
            levels[i] = new PyramidLevel(i, width, GdalNative.GDALGetRasterBandYSize(band), (double)Width / width);
        }

        Array.Sort(levels, (a, b) => a.Factor.CompareTo(b.Factor));
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>3 for colours, 1 for heights.</summary>
    public int Channels { get; }

    /// <summary>GDAL's six numbers.</summary>
    public double[] Transform { get; }

    /// <summary>The bands of the file in their order.</summary>
    public IReadOnlyList<RasterBand> Bands => [.. Enumerable.Range(1, reader.Bands).Select(band => new RasterBand(NameOf(reader.ColorOf(band)), reader.BandName(band)))];

    /// <inheritdoc cref="RasterReader.EpsgCode"/>
    public int? EpsgCode => reader.EpsgCode;

    /// <param name="path">A GeoTIFF.</param>
    /// <exception cref="OdmException">Storage: there is no such file. BadInput: it has no place on the map.</exception>
    public static RasterPyramid Open(string path)
    {
        var reader = RasterReader.OpenGeoTiff(path);
        try
        {
            return new RasterPyramid(reader);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>The coarsest level whose cells are no larger than so many of the raster's.</summary>
    public PyramidLevel LevelFor(double cells)
    {
        PyramidLevel best = levels[0];
        foreach (PyramidLevel level in levels)
        {
            best = level.Factor <= cells ? level : best;
        }

        return best;
    }

    /// <summary>Reads a window, cells in reading order.</summary>
    /// <param name="level">One of this raster.</param>
    /// <param name="window">Inside of it.</param>
    /// <param name="origin">Taken from all values.</param>
    /// <param name="scratch">Where the cells are put.</param>
    /// <returns>Up to three values, each times the last, which is 0 where nothing is known and at most 1.</returns>
    /// <exception cref="OdmException">Storage: the raster cannot be read.</exception>
    public ReadOnlySpan<Vector128<float>> Read(PyramidLevel level, CellWindow window, float origin, TileScratch scratch)
    {
        Span<float> plane = scratch.Plane(window.Width * window.Height);
        Span<Vector128<float>> cells = scratch.Cells(plane.Length);
        cells.Clear();
        Span<float> values = MemoryMarshal.Cast<Vector128<float>, float>(cells);
        ReadPlane(GdalNative.GDALGetMaskBand(BandOf(1, level.Number)), window, plane);
        for (int i = 0; i < plane.Length; i++)
        {
            values[(4 * i) + 3] = plane[i] / byte.MaxValue;
        }

        for (int channel = 0; channel < Channels; channel++)
        {
            ReadPlane(BandOf(channel + 1, level.Number), window, plane);
            for (int i = 0; i < plane.Length; i++)
            {
                float weight = values[(4 * i) + 3];
                // What stands in unknown cells may be no number at all.
                values[(4 * i) + channel] = weight > 0 ? (plane[i] - origin) * weight : 0;
            }
        }

        return cells;
    }

    public void Dispose() => reader.Dispose();

    private static string NameOf(GdalColorInterp color) => color switch
    {
        GdalColorInterp.GCI_GrayIndex => "gray",
        GdalColorInterp.GCI_PaletteIndex => "palette",
        GdalColorInterp.GCI_RedBand => "red",
        GdalColorInterp.GCI_GreenBand => "green",
        GdalColorInterp.GCI_BlueBand => "blue",
        GdalColorInterp.GCI_AlphaBand => "alpha",
        _ => "undefined",
    };

    private nint BandOf(int band, int level)
    {
        nint full = GdalNative.GDALGetRasterBand(reader.Dataset, band);
        return level == 0 ? full : GdalNative.GDALGetOverview(full, level - 1);
    }

    private static void ReadPlane(nint band, CellWindow window, Span<float> plane)
    {
        GdalErrors.Reset();
        fixed (float* data = plane)
        {
            int status = GdalNative.GDALRasterIO(
                band, GdalNative.GF_Read, window.X, window.Y, window.Width, window.Height, data, window.Width, window.Height,
                GdalDataType.GDT_Float32, 0, 0);
            if (status != GdalNative.CE_None)
            {
                throw GdalErrors.Failure(ErrorKind.Storage, "A raster cannot be read");
            }
        }
    }
}
