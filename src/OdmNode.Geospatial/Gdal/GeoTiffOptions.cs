namespace OdmNode.Geospatial.Gdal;

/// <summary>How a raster is written.</summary>
public sealed record GeoTiffOptions
{
    /// <summary>CRS of the grid, for example <see cref="Geometry.Geodesy.UtmZone.EpsgCode"/>; null in local coordinates.</summary>
    public int? EpsgCode { get; init; }

    /// <summary>DEFLATE stands in for JPEG where the cells are no colours.</summary>
    public RasterCompression Compression { get; init; } = RasterCompression.Deflate;

    /// <summary>Rewrite the finished raster as a cloud-optimised GeoTIFF.</summary>
    public bool CloudOptimised { get; init; }

    /// <summary>Blocks of 512 × 512 cells; false: strips of whole rows. A cloud-optimised file is always tiled.</summary>
    public bool Tiled { get; init; } = true;

    /// <summary>Averaged overviews, halving until the longer side is below 512 pixels. A cloud-optimised file always has them.</summary>
    public bool Overviews { get; init; } = true;

    /// <summary>Threads that compress; the bytes do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>TIFFTAG_SOFTWARE.</summary>
    public string Software { get; init; } = "OdmNode";

    /// <summary>Mean capture time for TIFFTAG_DATETIME; null leaves the tag out.</summary>
    public DateTimeOffset? CaptureTime { get; init; }
}
