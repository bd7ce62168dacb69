using OdmNode.Core.Errors;
using OdmNode.Geospatial.Tiles;
using OdmNode.WebOdm.Files;
using OdmNode.WebOdm.Tiles;

namespace OdmNode.Hosting.Tiles;

/// <summary>Tiles by the renderer of the engine. GDAL is loaded with the first of them, so a node without it does everything else.</summary>
internal sealed class GdalTileSource(TimeProvider time) : ITileSource, IDisposable
{
    private const int RowBytes = 4 * TileAddress.Pixels;

    private readonly RendererPool _renderers = new(time);

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
    public TileImage Render(RasterFile file, TileRequest request) => TileEncoder.Encode(_renderers.Use(file, renderer => Render(renderer, request)), request);

    /// <inheritdoc/>
    public void Dispose() => _renderers.Dispose();

    /// <summary>A sharper tile is put together from those of the next zoom, whose pixels are as large: a fourth of the memory.</summary>
    private static TilePicture? Render(TileRenderer renderer, TileRequest request)
    {
        if (request.Size == TileAddress.Pixels)
        {
            return renderer.Render(new TileAddress(request.Zoom, request.Column, request.Row), TileAddress.Pixels);
        }

        byte[]? pixels = null;
        for (var quarter = 0; quarter < 4; quarter++)
        {
            var (right, below) = (quarter % 2, quarter / 2);
            var address = new TileAddress(request.Zoom + 1, (2 * request.Column) + right, (2 * request.Row) + below);
            if (renderer.Render(address, TileAddress.Pixels) is { } picture)
            {
                pixels ??= new byte[4 * request.Size * request.Size];
                for (var row = 0; row < TileAddress.Pixels; row++)
                {
                    picture.Pixels.AsSpan(row * RowBytes, RowBytes)
                        .CopyTo(pixels.AsSpan(((2 * ((below * TileAddress.Pixels) + row)) + right) * RowBytes));
                }
            }
        }

        return pixels is null ? null : new TilePicture(request.Size, pixels);
    }

    private static TileRaster Describe(RasterFile file, TileRenderer renderer) => new(file, ToWorld(renderer.Bounds), renderer.MercatorCellSize)
    {
        Epsg = renderer.EpsgCode,
        Bands = [.. renderer.Bands.Select(band => new ResultBand(band.Color, band.Description.Length > 0 ? band.Description : null))],
    };

    private static WorldBox ToWorld(MercatorBox box) => new(Eastward(box.West), Eastward(-box.North), Eastward(box.East), Eastward(-box.South));

    private static double Eastward(double metres) => (metres + TileAddress.HalfWorld) / (2 * TileAddress.HalfWorld);
}
