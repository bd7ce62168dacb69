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
        // The light on a pixel depends on its neighbours, so heights are sampled one pixel farther.
        int margin = relief is null ? 0 : 1;
        if (Sample(address, size, margin) is not { } samples)
        {
            return null;
        }

        byte[] pixels = relief is null
            ? Colors(samples)
            : relief.Paint(samples, size + (2 * margin), address.Side / size / mapping.MercatorScale);
        return pixels.AsSpan().ContainsAnyExcept((byte)0) ? new TilePicture(size, pixels) : null;
    }

    public void Dispose()
    {
        mapping.Dispose();
        pyramid.Dispose();
    }

    /// <summary>Sampled values, each with its weight as the last of four; null where the raster does not reach the tile.</summary>
    private Vector128<float>[]? Sample(TileAddress address, int size, int margin)
    {
        double cellsPerPixel = mapping.CellsPerMetre * address.Side / size;
        PyramidLevel level = pyramid.LevelFor(cellsPerPixel);
        double radius = Math.Max(1, cellsPerPixel / level.Factor);
        if (mapping.Locate(address, size, margin, level) is not { } nodes)
        {
            return null;
        }

        CellWindow window = nodes.Window(radius, level);
        if (window.Width <= 0 || window.Height <= 0)
        {
            return null;
        }

        Vector128<float>[] cells = pyramid.Read(level, window, relief?.Lowest ?? 0);
        int side = size + (2 * margin);
        var samples = new Vector128<float>[side * side];
        for (int y = nodes.Top; y < nodes.Bottom; y++)
        {
            for (int x = nodes.Left; x < nodes.Right; x++)
            {
                (double column, double row) = nodes.At(x, y);
                samples[((y + margin) * side) + x + margin] =
                    TentFilter.At(cells, window, (float)(column - window.X), (float)(row - window.Y), (float)radius);
            }
        }

        return samples;
    }

    private static byte[] Colors(Vector128<float>[] samples)
    {
        byte[] pixels = new byte[4 * samples.Length];
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

        return pixels;
    }
}
