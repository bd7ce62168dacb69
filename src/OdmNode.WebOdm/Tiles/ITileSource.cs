using OdmNode.Core.Errors;

namespace OdmNode.WebOdm.Tiles;

/// <summary>Renders tiles of raster files; from many threads at once.</summary>
public interface ITileSource
{
    /// <summary>What the raster says about its tiles.</summary>
    /// <returns>Null when it has no place on the map.</returns>
    /// <exception cref="OdmException">Storage: it is not there any more, or is no GeoTIFF. Unsupported: this machine lacks a library.</exception>
    TileRaster? Describe(RasterFile file);

    /// <summary>One tile; transparent where the raster shows nothing.</summary>
    /// <inheritdoc cref="Describe" path="/exception"/>
    TileImage Render(RasterFile file, TileRequest request);
}
