namespace OdmNode.Geospatial.Orthophoto;

/// <summary>What colour one photo shows at one tie point: the mean of a few pixels around it.</summary>
/// <param name="Point">Index of the tie point.</param>
/// <param name="Shot">Index of the photo.</param>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
public readonly record struct ExposureSample(int Point, int Shot, float Red, float Green, float Blue);
