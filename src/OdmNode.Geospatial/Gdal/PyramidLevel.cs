namespace OdmNode.Geospatial.Gdal;

/// <summary>A raster at one of its resolutions.</summary>
/// <param name="Number">0 for the raster itself, then its overviews from the finest.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Factor">Cells of the raster along a cell of this level.</param>
internal readonly record struct PyramidLevel(int Number, int Width, int Height, double Factor);
