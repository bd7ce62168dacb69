using OdmNode.Geometry.Linear;

namespace OdmNode.Sfm.Shutter;

/// <summary>What is known of how a rolling shutter took one photo.</summary>
/// <param name="ReadoutSeconds">From the first row to the last; positive.</param>
/// <param name="CaptureSeconds">On the camera's clock; null when it does not tell.</param>
/// <param name="Velocity">East, north, up of <see cref="SfmInput.MapFrame"/>, metres a second, as measured by the drone; null when it does not tell.</param>
public sealed record ShutterTiming(double ReadoutSeconds, double? CaptureSeconds, Vector3D? Velocity);
