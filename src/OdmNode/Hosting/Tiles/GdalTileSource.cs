using System.Buffers;
using OdmNode.Core.Errors;
using OdmNode.Geospatial.Tiles;
using OdmNode.WebOdm.Files;
using OdmNode.WebOdm.Tiles;

namespace OdmNode.Hosting.Tiles;

/// <summary>Tiles by the renderer of the engine. GDAL is loaded with the first of them, so a node without it does everything else.</summary>
internal sealed class GdalTileSource(TimeProvider time) : ITileSource, IDisposable
{
    private const int RowBytes = 4 * TileAddress.Pixels;
    private const int LongestBuffer = 4 << 20;

    private readonly RendererPool _renderers = new(time);

    /// <summary>As many as tiles are made at once: new ones for each would stay in the heap until it is collected.</summary>
    private readonly ArrayPool<byte> _buffers = ArrayPool<byte>.Create(LongestBuffer, Environment.ProcessorCount);

    /// <inheritdoc/>
    public TileRaster? Describe(RasterFile file)
    {
        try
        {
            return _renderers.Use(file, renderer => Describe(file, renderer));
        }
        catch (OdmException exception) when (exception.Kind == ErrorKind.BadInput)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public TileImage Render(RasterFile file, TileRequest request)
    {
        var length = 4 * request.Size * request.Size;
        var buffer = _buffers.Rent(length);
        try
        {
            _renderers.Use(file, renderer => Render(renderer, request, buffer.AsSpan(0, length)));
            return TileEncoder.Encode(buffer.AsSpan(0, length), request);
        }
        finally
        {
            _buffers.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _renderers.Dispose();

    /// <summary>A sharper tile is put together from those of the next zoom, whose pixels are as large: a fourth of the memory.</summary>
    /// <returns>False where nothing is to be seen.</returns>
    private bool Render(TileRenderer renderer, TileRequest request, Span<byte> pixels)
    {
        if (request.Size == TileAddress.Pixels)
        {
            return renderer.Render(new TileAddress(request.Zoom, request.Column, request.Row), TileAddress.Pixels, pixels);
        }

        var isSeen = false;
        var buffer = _buffers.Rent(RowBytes * TileAddress.Pixels);
        var part = buffer.AsSpan(0, RowBytes * TileAddress.Pixels);
        for (var quarter = 0; quarter < 4; quarter++)
        {
            var (right, below) = (quarter % 2, quarter / 2);
            var address = new TileAddress(request.Zoom + 1, (2 * request.Column) + right, (2 * request.Row) + below);
            isSeen |= renderer.Render(address, TileAddress.Pixels, part);
            for (var row = 0; row < TileAddress.Pixels; row++)
            {
                part.Slice(row * RowBytes, RowBytes).CopyTo(pixels[(((2 * ((below * TileAddress.Pixels) + row)) + right) * RowBytes)..]);
            }
        }

        _buffers.Return(buffer);
        return isSeen;
    }

    private static TileRaster Describe(RasterFile file, TileRenderer renderer) => new(file, ToWorld(renderer.Bounds), renderer.MercatorCellSize)
    {
        Epsg = renderer.EpsgCode,
        Bands = [.. renderer.Bands.Select(band => new ResultBand(band.Color, band.Description.Length > 0 ? band.Description : null))],
    };

    private static WorldBox ToWorld(MercatorBox box) => new(Eastward(box.West), Eastward(-box.North), Eastward(box.East), Eastward(-box.South));

    private static double Eastward(double metres) => (metres + TileAddress.HalfWorld) / (2 * TileAddress.HalfWorld);
}
