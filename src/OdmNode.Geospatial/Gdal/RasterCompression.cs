namespace OdmNode.Geospatial.Gdal;

/// <summary>Compression of GeoTIFF blocks: the values of ODM's option <c>orthophoto-compression</c>.</summary>
public enum RasterCompression
{
    Deflate,
    Lzw,
    Packbits,
    Lzma,
    Jpeg,
    None,
}
