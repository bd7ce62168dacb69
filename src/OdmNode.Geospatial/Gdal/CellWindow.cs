namespace OdmNode.Geospatial.Gdal;

/// <summary>A rectangle of cells of a raster or of one of its overviews.</summary>
internal readonly record struct CellWindow(int X, int Y, int Width, int Height);
