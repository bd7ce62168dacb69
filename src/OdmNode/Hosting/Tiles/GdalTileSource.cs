using OdmNode.Core.Errors;
using OdmNode.Geospatial.Tiles;
using OdmNode.WebOdm.Tiles;

namespace OdmNode.Hosting.Tiles;

/// <summary>Tiles by the renderer of the engine. GDAL is loaded with the first of them, so a node without it does everything else.</summary>
internal sealed class GdalTileSource(TimeProvider time) : ITileSource, IDisposable
{
    private readonly RendererPool _renderers = new(time);

    /// <inheritdoc/>
    public TileRaster? Describe(RasterFile file)
    {
        try
        {
            return _renderers.Use(file, renderer => new TileRaster(file, ToWorld(renderer.Bounds), renderer.MercatorCellSize));
        }
        catch (OdmException exception) when (exception.Kind == ErrorKind.BadInput)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public TileImage Render(RasterFile file, TileRequest request) => TileEncoder.Encode(
        _renderers.Use(file, renderer => renderer.Render(new TileAddress(request.Zoom, request.Column, request.Row), request.Size)), request);

    /// <inheritdoc/>
    public void Dispose() => _renderers.Dispose();

    private static WorldBox ToWorld(MercatorBox box) => new(Eastward(box.West), Eastward(-box.North), Eastward(box.East), Eastward(-box.South));

    private static double Eastward(double metres) => (metres + TileAddress.HalfWorld) / (2 * TileAddress.HalfWorld);
}
