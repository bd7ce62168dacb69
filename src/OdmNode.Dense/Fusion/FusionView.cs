using OdmNode.Imaging.Buffers;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Fusion;

/// <summary>One photo's share in a fused cloud.</summary>
/// <param name="Map">Filtered depth map; its confidence is the number of photos that agree, itself included.</param>
/// <param name="Colors">Undistorted photo of the map's size, red, green, blue.</param>
public sealed record FusionView(DepthMap Map, ImageBuffer Colors);
