namespace OdmNode.Geometry.Geodesy;

/// <summary>A WGS 84 position.</summary>
/// <param name="LatitudeDegrees">North positive.</param>
/// <param name="LongitudeDegrees">East positive.</param>
/// <param name="HeightMetres">Whatever the source says, usually above the ellipsoid.</param>
public readonly record struct GeodeticPosition(double LatitudeDegrees, double LongitudeDegrees, double HeightMetres);
