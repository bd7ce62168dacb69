using OdmNode.Geometry.Linear;

namespace OdmNode.Engine.Report.Statistics;

/// <summary>Triangulated minus surveyed place of a ground control point.</summary>
/// <param name="Id">Its name.</param>
/// <param name="IsCheckPoint">True where it took no part in the adjustment, so that its error is independent.</param>
/// <param name="Photos">Photos in which it was marked.</param>
/// <param name="Error">East, north, up, metres.</param>
internal sealed record ControlPointError(string Id, bool IsCheckPoint, int Photos, Vector3D Error);
