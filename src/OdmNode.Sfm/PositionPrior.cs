using OdmNode.Geometry.Linear;

namespace OdmNode.Sfm;

/// <summary>A measured camera position with its accuracy.</summary>
/// <param name="Position">Local east-north-up metres, in the frame of <see cref="SfmInput.MapFrame"/>.</param>
/// <param name="HorizontalSigma">Standard deviation in east and in north, metres; positive.</param>
/// <param name="VerticalSigma">Standard deviation of the height, metres; positive.</param>
public readonly record struct PositionPrior(Vector3D Position, double HorizontalSigma, double VerticalSigma);
