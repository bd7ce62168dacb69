namespace OdmNode.Geospatial.PointClouds;

/// <summary>A point as LAS files keep it: coordinates in steps of the scale from the offset, colours in 16-bit fields.</summary>
public readonly record struct LasPoint(int X, int Y, int Z, byte Class, byte Views, ushort Red, ushort Green, ushort Blue);
