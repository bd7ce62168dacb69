namespace OdmNode.Geospatial.Tiles;

/// <summary>A band of a raster.</summary>
/// <param name="Color">What it means to the eye: <c>red</c>, <c>green</c>, <c>blue</c>, <c>alpha</c>, <c>gray</c>, <c>palette</c>, or <c>undefined</c>.</param>
/// <param name="Description">Its name in the file; may be empty.</param>
public sealed record RasterBand(string Color, string Description);
