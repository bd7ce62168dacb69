using OdmNode.Core.Errors;
using OdmNode.WebOdm.Files;

namespace OdmNode.WebOdm.Tiles;

/// <summary>Reads from the rasters of results where these lie.</summary>
public sealed class ResultPlaces(ITileSource source)
{
    /// <param name="results">A set of results.</param>
    /// <returns>Null when no raster has a place on the map, or none can be read: it is no reason to fail.</returns>
    public ResultPlace? Read(string results)
    {
        foreach (var layer in TileLayer.All)
        {
            if (Describe(results, layer) is { } raster)
            {
                return new ResultPlace
                {
                    Extent = raster.Box.Degrees,
                    Epsg = raster.Epsg,
                    OrthophotoBands = layer == TileLayer.Orthophoto ? raster.Bands : [],
                };
            }
        }

        return null;
    }

    private TileRaster? Describe(string results, TileLayer layer)
    {
        try
        {
            return RawAssets.Find(ResultFolder.Assets(results), layer.Path) is { } path && RasterFile.Find(path) is { } file ? source.Describe(file) : null;
        }
        catch (OdmException)
        {
            // See the summary; a machine without GDAL says so with the first tile.
            return null;
        }
    }
}
