namespace OdmNode.Native.Kernels;

/// <summary>A neighbour resampled into the frame of the reference by the homography of the base surface.</summary>
/// <param name="Grey">Padded as the reference is.</param>
/// <param name="Usable">255 where <paramref name="Grey"/> can be compared, else 0.</param>
/// <param name="EpipoleX">Shift of a point by its inverse depth above the base surface, pixels per unit.</param>
/// <param name="EpipoleY">As <paramref name="EpipoleX"/>, along y.</param>
/// <param name="EpipoleZ">Change of scale by the inverse depth: positions are divided by 1 + delta · EpipoleZ.</param>
public sealed record StereoView(PaddedPlane Grey, PaddedPlane Usable, double EpipoleX, double EpipoleY, double EpipoleZ);
