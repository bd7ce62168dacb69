using OdmNode.Geometry.Geodesy;

namespace OdmNode.Features.Pairing;

/// <summary>Where a photo was taken, as far as is known, and how wide it sees.</summary>
/// <param name="Position">Null when the photo has no GPS; the height may be NaN.</param>
/// <param name="FocalRatio">Focal length divided by the longest side.</param>
/// <param name="AspectRatio">Shorter side divided by the longer side.</param>
public readonly record struct PhotoPlace(GeodeticPosition? Position, double FocalRatio, double AspectRatio);
