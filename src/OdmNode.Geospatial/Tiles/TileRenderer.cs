using System.Runtime.Intrinsics;
using OdmNode.Geospatial.Gdal;

namespace OdmNode.Geospatial.Tiles;

/// <summary>
/// Renders any tile of the web's map pyramid from a raster with overviews: an orthophoto in its colours, heights as a lit relief.
/// </summary>
/// <remarks>
/// One caller at a time; open one renderer per thread. A tile is averaged from the overview that is just finer than itself, whose cells
/// and the width of the average depend on the zoom alone, so neighbours continue each other. Memory and time depend on the tile's size and
/// not on the raster's.
/// </remarks>
public sealed class TileRenderer : IDisposable
{
    /// <summary>Rows of a tile whose cells are in memory at the same time.</summary>
    private const int StripRows = 64;

    private readonly RasterPyramid pyramid;
    private readonly TileMapping mapping;
    private readonly ReliefColors? relief;

    private TileRenderer(RasterPyramid pyramid, TileMapping mapping, ReliefColors? relief)
    {
        this.pyramid = pyramid;
        this.mapping = mapping;
        this.relief = relief;
    }

    /// <summary>What the raster covers.</summary>
    public MercatorBox Bounds => mapping.Bounds;

    /// <summary>EPSG code of the raster's CRS; null when that has none.</summary>
    public int? EpsgCode => pyramid.EpsgCode;

    /// <summary>The raster's bands in their order.</summary>
    public IReadOnlyList<RasterBand> Bands => pyramid.Bands;

    /// <summary>Edge of a cell in units of the raster's CRS.</summary>
    public double CellSize => pyramid.Transform[1];

    /// <summary>Edge of a cell laid out in EPSG:3857, metres at the equator, in the raster's middle.</summary>
    public double MercatorCellSize => 1 / mapping.CellsPerMetre;

    /// <summary>Memory of the whole process for blocks of rasters that were read, bytes; 64 MiB unless this is called.</summary>
    /// <exception cref="Core.Errors.OdmException">Unsupported: no GDAL.</exception>
    public static void LimitCache(long bytes)
    {
        GdalLibrary.EnsureLibrary();
        GdalNative.GDALSetCacheMax64(bytes);
    }

    /// <param name="path">
    /// A raster on the map, with overviews: colours (8 bits, alpha as the fourth band or as a mask), or one band of heights in metres.
    /// </param>
    /// <exception cref="Core.Errors.OdmException">Storage: there is no such file. BadInput: it has no place on the map.</exception>
    public static TileRenderer Open(string path)
    {
        var pyramid = RasterPyramid.Open(path);
        try
        {
            return new TileRenderer(pyramid, new TileMapping(pyramid), pyramid.Channels == 1 ? ReliefColors.Of(pyramid) : null);
        }
        catch
        {
            pyramid.Dispose();
            throw;
        }
    }

    /// <summary>One tile; null where the raster shows nothing.</summary>
    /// <param name="address">Of any zoom.</param>
    /// <param name="size">Pixels along a side: <see cref="TileAddress.Pixels"/>, or twice as many for dense screens.</param>
    /// <exception cref="Core.Errors.OdmException">Storage: the raster cannot be read.</exception>
    public TilePicture? Render(TileAddress address, int size)
    {
        byte[] pixels = new byte[4 * size * size];
        return Render(address, size, pixels) ? new TilePicture(size, pixels) : null;
    }

    /// <summary>One tile into memory of the caller.</summary>
    /// <param name="address">Of any zoom.</param>
    /// <param name="size">Pixels along a side.</param>
    /// <param name="pixels">Size × size × 4 bytes as in <see cref="TilePicture"/>; all of them are written.</param>
    /// <returns>False where the raster shows nothing.</returns>
    /// <exception cref="Core.Errors.OdmException">Storage: the raster cannot be read.</exception>
    public bool Render(TileAddress address, int size, Span<byte> pixels)
    {
        pixels.Clear();
        // The light on a pixel depends on its neighbours, so heights are sampled one pixel farther.
        int margin = relief is null ? 0 : 1;
        using TileScratch scratch = TileScratch.Rent();
        ReadOnlySpan<Vector128<float>> samples = Sample(address, size, margin, scratch);
        if (samples.IsEmpty)
        {
            return false;
        }

        if (relief is null)
        {
            Color(samples, pixels);
        }
        else
        {
            relief.Paint(samples, size + (2 * margin), address.Side / size / mapping.MercatorScale, scratch.Plane(samples.Length), pixels);
        }

        return pixels.ContainsAnyExcept((byte)0);
    }

    public void Dispose()
    {
        mapping.Dispose();
        pyramid.Dispose();
    }

    /// <summary>Sampled values, each with its weight as the last of four; empty where the raster does not reach the tile.</summary>
    private ReadOnlySpan<Vector128<float>> Sample(TileAddress address, int size, int margin, TileScratch scratch)
    {
        double cellsPerPixel = mapping.CellsPerMetre * address.Side / size;
        PyramidLevel level = pyramid.LevelFor(cellsPerPixel);
        double radius = Math.Max(1, cellsPerPixel / level.Factor);
        if (mapping.Locate(address, size, margin, level) is not { } nodes)
        {
            return [];
        }

        int side = size + (2 * margin);
        Span<Vector128<float>> samples = scratch.Samples(side * side);
        for (int top = nodes.Top; top < nodes.Bottom; top += StripRows)
        {
            int bottom = Math.Min(top + StripRows, nodes.Bottom);
            CellWindow window = nodes.Window(top, bottom, radius, level);
            if (window.Width <= 0 || window.Height <= 0)
            {
                continue;
            }

            ReadOnlySpan<Vector128<float>> cells = pyramid.Read(level, window, relief?.Lowest ?? 0, scratch);
            for (int y = top; y < bottom; y++)
            {
                for (int x = nodes.Left; x < nodes.Right; x++)
                {
                    (double column, double row) = nodes.At(x, y);
                    samples[((y + margin) * side) + x + margin] =
                        TentFilter.At(cells, window, (float)(column - window.X), (float)(row - window.Y), (float)radius);
                }
            }
        }

        return samples;
    }

    private static void Color(ReadOnlySpan<Vector128<float>> samples, Span<byte> pixels)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            float weight = samples[i][3];
            int alpha = (int)MathF.Round(byte.MaxValue * weight);
            if (alpha == 0)
            {
                continue;
            }

            Vector128<float> color = samples[i] / weight;
            for (int channel = 0; channel < 3; channel++)
            {
                pixels[(4 * i) + channel] = (byte)Math.Clamp(MathF.Round(color[channel]), 0, byte.MaxValue);
            }

            pixels[(4 * i) + 3] = (byte)Math.Min(byte.MaxValue, alpha);
        }
    }
}
