using OdmNode.Core.Errors;
using OdmNode.WebOdm.Files;
using OdmNode.WebOdm.Tiles;

namespace OdmNode.UnitTests.WebOdm;

/// <summary>Rasters that say what their name says: all lie in the north-western quarter of the world, heights without a CRS of their own.</summary>
internal sealed class FakeRasters : ITileSource
{
    /// <summary>True for a machine without GDAL.</summary>
    public bool LacksLibrary { get; set; }

    public TileRaster? Describe(RasterFile file) => LacksLibrary
        ? throw new OdmException(ErrorKind.Unsupported, "no library")
        : new TileRaster(file, new WorldBox(0, 0.25, 0.5, 0.5), 1)
        {
            Epsg = file.Path.EndsWith("odm_orthophoto.tif", StringComparison.Ordinal) ? 32632 : null,
            Bands = [new ResultBand("red", null)],
        };

    public TileImage Render(RasterFile file, TileRequest request) => throw new NotSupportedException();
}
