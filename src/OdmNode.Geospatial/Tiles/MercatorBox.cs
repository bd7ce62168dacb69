namespace OdmNode.Geospatial.Tiles;

/// <summary>A rectangle in EPSG:3857, metres at the equator.</summary>
public readonly record struct MercatorBox(double West, double South, double East, double North);
