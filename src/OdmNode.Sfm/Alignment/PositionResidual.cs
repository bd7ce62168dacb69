using OdmNode.Geometry.Linear;

namespace OdmNode.Sfm.Alignment;

/// <summary>Estimated minus measured camera position.</summary>
/// <param name="ImageName">File name with extension.</param>
/// <param name="Difference">East, north, up, metres.</param>
public sealed record PositionResidual(string ImageName, Vector3D Difference);
