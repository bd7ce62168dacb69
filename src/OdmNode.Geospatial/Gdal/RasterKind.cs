namespace OdmNode.Geospatial.Gdal;

/// <summary>What the cells of a raster are.</summary>
internal enum RasterKind
{
    /// <summary>Red, green, blue, alpha, 8 bits each.</summary>
    Rgba,

    /// <summary>32-bit heights, metres.</summary>
    Elevation,

    /// <summary>Where the heights come from, 8 bits.</summary>
    Origins,
}
